/*
 * support/sanitized.h - SANITIZED: 1 with AddressSanitizer, where memory is the sanitizer's as well
 * as the program's: it keeps what was freed for a while, and notes on everything.
 */
#ifndef SUPPORT_SANITIZED_H
#define SUPPORT_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#endif
