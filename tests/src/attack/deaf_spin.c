/* Cannot be told anything, and computes for ever. */
#include "spin.h"

int main(void)
{
	spin();
}
