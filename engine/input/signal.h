/*
 * input/signal.h - what reaches a game from its player, whatever device it came from.
 *
 * Devices are translated to signals, and a step is made of signals alone: whoever keeps the signals
 * and sends them again, with mp_input_send(), plays the same game again.
 */
#ifndef MP_INPUT_SIGNAL_H
#define MP_INPUT_SIGNAL_H

typedef enum MpSignalKind {
    MP_SIGNAL_CONTROL,  /**< `number`: a control of control.h, `x`: its new value, 0 to 1. */
    MP_SIGNAL_REPEAT,   /**< `number`: a key that is still held, while text is written. */
    MP_SIGNAL_POINTER,  /**< `x`, `y`: where the pointer is now, pixels of the picture. */
    MP_SIGNAL_WHEEL,    /**< `x`, `y`: how far the wheel was turned, notches, right and up. */
    MP_SIGNAL_TEXT,     /**< `text`: what was written. */
    MP_SIGNAL_FOCUS,    /**< `number`: 1, the window has the keyboard now; 0, it lost it. */
    MP_SIGNAL_GAMEPADS, /**< `number`: how many gamepads there are now. */
    MP_SIGNAL_KINDS,
} MpSignalKind;

/** `text` is UTF-8 of less than MP_SIGNAL_TEXT_SIZE bytes, and whoever's the signal is. */
typedef struct MpSignal {
    MpSignalKind kind;
    int number;
    float x, y;
    const char *text;
} MpSignal;

enum { MP_SIGNAL_TEXT_SIZE = 256 };

/** Hears of a signal after it has taken effect. */
typedef void MpSignalListener(void *user, const MpSignal *signal);

#endif
