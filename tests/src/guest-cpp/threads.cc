/* Threads of the standard library, and everything that they wait by. */
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <latch>
#include <mutex>
#include <numeric>
#include <queue>
#include <semaphore>
#include <shared_mutex>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

static void queue()
{
	std::mutex mutex;
	std::condition_variable filled, emptied;
	std::queue<int> queue;
	long sum = 0;
	std::thread consumer([&] {
		for (int i = 0; i < 1000; i++) {
			std::unique_lock lock(mutex);
			filled.wait(lock, [&] { return !queue.empty(); });
			sum += queue.front();
			queue.pop();
			emptied.notify_one();
		}
	});
	for (int i = 0; i < 1000; i++) {
		std::unique_lock lock(mutex);
		emptied.wait(lock, [&] { return queue.size() < 10; });
		queue.push(i);
		filled.notify_one();
	}
	consumer.join();
	std::printf("queue: %ld\n", sum);
}

static void counters()
{
	std::atomic<int> atomic = 0;
	std::atomic<double> real = 0;
	int locked = 0, once = 0;
	std::mutex mutex;
	std::recursive_mutex recursive;
	std::once_flag flag;
	std::vector<std::thread> threads;
	for (int t = 0; t < 8; t++)
		threads.emplace_back([&] {
			for (int i = 0; i < 500; i++) {
				atomic++;
				real += 0.5;
				std::scoped_lock both(mutex, recursive);
				std::lock_guard again(recursive);
				locked++;
			}
			std::call_once(flag, [&] { once++; });
		});
	for (auto &thread : threads) thread.join();
	std::printf("counters: %d %.0f %d %d\n", atomic.load(), real.load(), locked, once);
}

static void futures()
{
	auto sum = std::async(std::launch::async, [] {
		std::vector<int> numbers(1000);
		std::iota(numbers.begin(), numbers.end(), 1);
		return std::accumulate(numbers.begin(), numbers.end(), 0L);
	});
	auto fails = std::async(std::launch::async, []() -> int { throw std::runtime_error("from a thread"); });
	auto lazy = std::async(std::launch::deferred, [] { return std::this_thread::get_id(); });
	std::printf("future: %ld\n", sum.get());
	try {
		fails.get();
	} catch (const std::exception &error) {
		std::puts(error.what());
	}
	std::printf("deferred: %d\n", lazy.get() == std::this_thread::get_id());
	std::future<int> broken = std::promise<int>().get_future();
	try {
		broken.get();
	} catch (const std::future_error &error) {
		std::printf("broken: %d\n", error.code() == std::future_errc::broken_promise);
	}
	std::packaged_task<int(int)> task([](int value) { return value * 2; });
	auto twice = task.get_future();
	std::thread(std::move(task), 21).join();
	std::printf("task: %d\n", twice.get());
	std::promise<void> never;
	std::printf("timeout: %d\n", never.get_future().wait_for(10ms) == std::future_status::timeout);
}

static void waits()
{
	std::latch started(4), done(4);
	std::barrier phases(4, [count = 0]() mutable noexcept { std::printf("phase %d\n", ++count); });
	std::counting_semaphore<2> tickets(2);
	std::shared_mutex shared;
	std::atomic<int> inside = 0, most = 0, value = 0;
	std::vector<std::thread> threads;
	for (int t = 0; t < 4; t++)
		threads.emplace_back([&] {
			started.arrive_and_wait();
			for (int phase = 0; phase < 3; phase++) phases.arrive_and_wait();
			tickets.acquire();
			int now = ++inside, seen = most;
			while (now > seen && !most.compare_exchange_weak(seen, now)) { }
			std::this_thread::sleep_for(1ms);
			inside--;
			tickets.release();
			{ std::shared_lock lock(shared); }
			{ std::unique_lock lock(shared); value++; }
			value.notify_all();
			done.count_down();
		});
	for (int seen = 0; (seen = value) < 4; ) value.wait(seen);
	done.wait();
	for (auto &thread : threads) thread.join();
	std::printf("waits: %d, at most two: %d\n", value.load(), most <= 2);
	std::timed_mutex timed;
	timed.lock();
	std::thread([&] { std::printf("try: %d\n", timed.try_lock_for(5ms)); }).join();
	timed.unlock();
	std::mutex mutex;
	std::condition_variable condition;
	std::unique_lock lock(mutex);
	auto begin = std::chrono::steady_clock::now();
	bool timeout = condition.wait_for(lock, 20ms, [] { return false; });
	std::printf("waited: %d %d\n", timeout, std::chrono::steady_clock::now() - begin >= 20ms);
}

int main()
{
	queue();
	counters();
	futures();
	waits();
	std::thread thread;
	try {
		thread.join();
	} catch (const std::system_error &error) {
		std::printf("join: %d\n", error.code() == std::errc::invalid_argument);
	}
}
