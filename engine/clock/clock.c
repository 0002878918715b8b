#include "clock/clock.h"

#include <SDL_timer.h>

double mp_clock_seconds(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}
