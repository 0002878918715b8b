#include "clock/clock.h"

#include <uv.h>

double mp_clock_seconds(void) { return (double)uv_hrtime() / 1e9; }
