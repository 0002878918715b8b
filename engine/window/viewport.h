/*
 * window/viewport.h - where the picture lies in the window.
 */
#ifndef MP_VIEWPORT_H
#define MP_VIEWPORT_H

/** A rectangle of the output, in its pixels. */
typedef struct MpViewport {
    int x, y, width, height;
} MpViewport;

/**
 * Centres a picture in an output and keeps its proportions. From twice its size on it is enlarged
 * by a whole number, so that all its pixels are alike, unless that would leave more than a tenth
 * of the possible size empty; then, and below, it is as large as fits. An output without area
 * gives a viewport without area. Thread: any.
 */
MpViewport mp_viewport_fit(int output_width, int output_height, int width, int height);

#endif
