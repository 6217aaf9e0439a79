/* As deaf_spin, with the highest real-time priority. */
#include <sched.h>
#include "spin.h"

int main(void)
{
	struct sched_param highest = { .sched_priority = sched_get_priority_max(SCHED_FIFO) };
	sched_setscheduler(0, SCHED_FIFO, &highest);
	spin();
}
