#include "window/viewport.h"

#include <math.h>

static double choose_scale(double fitting)
{
    double whole = floor(fitting);
    return whole >= 2 && whole >= 0.9 * fitting ? whole : fitting;
}

MpViewport mp_viewport_fit(int output_width, int output_height, int width, int height)
{
    if (output_width <= 0 || output_height <= 0)
        return (MpViewport){0, 0, 0, 0};
    double scale = choose_scale(fmin((double)output_width / width, (double)output_height / height));
    int w = (int)fmax(1, floor(width * scale + 0.5));
    int h = (int)fmax(1, floor(height * scale + 0.5));
    return (MpViewport){(output_width - w) / 2, (output_height - h) / 2, w, h};
}
