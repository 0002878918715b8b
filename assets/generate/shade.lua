--- From light to palette colours: picks a step of a ramp for a brightness, with ordered dithering.

local shade = {}

local BAYER = {
   [0] = { [0] = 0, 8, 2, 10 },
   { [0] = 12, 4, 14, 6 },
   { [0] = 3, 11, 1, 9 },
   { [0] = 15, 7, 13, 5 },
}

--- The dithering threshold of a pixel, -0.5..0.5.
function shade.threshold(x, y)
   return (BAYER[y % 4][x % 4] + 0.5) / 16 - 0.5
end

function shade.clamp(value, low, high)
   return value < low and low or value > high and high or value
end

--- The colour of `ramp` for `light` in 0..1. `grain` is how far dithering reaches,
--- 0 = hard bands, 1 = an even mix over the whole step.
function shade.pick(ramp, light, x, y, grain)
   local step = light * #ramp + shade.threshold(x, y) * (grain or 0)
   return ramp[shade.clamp(math.floor(step) + 1, 1, #ramp)]
end

--- Light on a surface with slopes `dx`, `dy` (positive = rising to the right, downwards),
--- the sun standing in the upper left; 1 = flat ground, more = towards the sun.
function shade.lambert(dx, dy)
   local nx, ny, nz = -dx, -dy, 1
   local length = math.sqrt(nx * nx + ny * ny + nz * nz)
   local light = (nx * -0.55 + ny * -0.6 + nz * 0.58) / length
   return light / 0.58
end

--- 0 below `low`, 1 above `high`, smooth between.
function shade.smoothstep(low, high, value)
   local t = shade.clamp((value - low) / (high - low), 0, 1)
   return t * t * (3 - 2 * t)
end

return shade
