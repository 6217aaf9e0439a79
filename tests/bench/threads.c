/* What threads, locks and atomic instructions cost. */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include "measure.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile long counter;

static void lock_and_unlock(long count) {
    while (count-- > 0) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
    }
}

static void *lock_in_thread(void *count) {
    lock_and_unlock(*(long *) count);
    return NULL;
}

/* One run is one turn of either of two threads. */
static void contended_lock(long count) {
    pthread_t other;
    long half = count / 2;
    pthread_create(&other, NULL, lock_in_thread, &half);
    lock_and_unlock(count - half);
    pthread_join(other, NULL);
}

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;

static void take_turns(int own, long count) {
    pthread_mutex_lock(&mutex);
    while (count-- > 0) {
        while (turn != own) {
            pthread_cond_wait(&changed, &mutex);
        }
        turn = !own;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&mutex);
}

static void *take_other_turns(void *count) {
    take_turns(1, *(long *) count);
    return NULL;
}

/* One run is a turn of both threads. */
static void condition(long count) {
    pthread_t other;
    pthread_create(&other, NULL, take_other_turns, &count);
    take_turns(0, count);
    pthread_join(other, NULL);
}

static void *nothing(void *argument) {
    return argument;
}

static void create_and_join(long count) {
    while (count-- > 0) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0) {
            exit(1);
        }
    }
}

static atomic_int shared;

static void atomic_add(long count) {
    while (count-- > 0) {
        atomic_fetch_add(&shared, 1);
    }
}

static void semaphore(long count) {
    sem_t free;
    sem_init(&free, 0, 1);
    while (count-- > 0) {
        sem_wait(&free);
        sem_post(&free);
    }
}

/* A program with threads that computes: one run is 4 KiB. */
static void plain_accesses(long count) {
    static unsigned char data[4096];
    unsigned sum = 0;
    while (count-- > 0) {
        for (int i = 0; i < 4096; i++) {
            sum = sum * 31 + data[i];
            data[i] = sum;
        }
    }
    counter = (long) sum;
}

int main(int argc, char **argv) {
    static const struct operation operations[] = {
        {"mutex", lock_and_unlock},
        {"mutex-of-two-threads", contended_lock},
        {"condition-there-and-back", condition},
        {"create+join", create_and_join},
        {"atomic-add", atomic_add},
        {"semaphore", semaphore},
        {"bytes-4KiB", plain_accesses},
        {NULL, NULL},
    };
    return run_all(operations, argc, argv);
}
