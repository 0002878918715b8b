--- The colours of Moonbase, the same as in its pictures. Each is {r, g, b}, from 0 to 1.

local palette = {}

local function add(name, value)
   local r, g, b = bit.rshift(value, 16), bit.band(bit.rshift(value, 8), 255), bit.band(value, 255)
   palette[name] = { r / 255, g / 255, b / 255 }
end

add("ink", 0x0d0e1f)
add("night", 0x161a38)
add("indigo", 0x262d5c)
add("dusk", 0x45548f)
add("stone", 0x7f7880)
add("sand", 0xded4c2)
add("cream", 0xf6efdf)
add("white", 0xffffff)
add("sea", 0x12507e)
add("azure", 0x1b8ab8)
add("cyan", 0x3fcbe4)
add("ice", 0xb4f5f2)
add("orange", 0xc8642a)
add("amber", 0xf5a53a)
add("straw", 0xffe08a)
add("crimson", 0x94233f)
add("red", 0xdc4450)
add("coral", 0xff8a70)
add("violet", 0x5b3596)
add("lilac", 0x9d62d4)
add("lavender", 0xdcaeff)
add("leaf", 0x3fae6c)
add("lime", 0xa8e67c)

return palette
