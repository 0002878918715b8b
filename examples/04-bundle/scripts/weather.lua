-- What the weather is like. A bundle can override each of these functions.

local weather = {}

function weather.sky() return { 0.45, 0.72, 0.92 } end

function weather.ground() return { 0.42, 0.66, 0.31 } end

function weather.update(_) end

function weather.draw() end

return weather
