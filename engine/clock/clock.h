/*
 * clock/clock.h - the time that only goes forward.
 *
 *     double start = mp_clock_seconds();
 *     work();
 *     mp_log_debug("took %.1f ms", (mp_clock_seconds() - start) * 1e3);
 */
#ifndef MP_CLOCK_H
#define MP_CLOCK_H

/**
 * Seconds since an arbitrary moment, monotonic, finer than a microsecond. Use differences only.
 * Thread: any.
 */
double mp_clock_seconds(void);

#endif
