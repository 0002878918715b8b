-- What crosses, one kind at a time, both ways: the micro cases of xLua's suite, as far as they make
-- sense in C. Leaves and members are compared with raw FFI, methods with the C API.

local tools = ...

local ways = tools.load "ways"

local loops, hand = tools.loops, tools.hand

--- {name, words, arguments, what leaves are compared with}. Raw FFI calls with structs by value are
--- not compiled, and out parameters need an array at hand: for those the C API is the natural choice.
local KINDS = {
   { "int", "a number", "i", "ffi" },
   { "object", "an object", "token", "ffi" },
   { "pair", "Vec2", "pair", "hand" },
   { "place", "Vec3", "place", "hand" },
   { "two", "two numbers", "i, i", "ffi" },
   { "out", "an out parameter", "", "hand" },
   { "inout", "an in-out parameter", "i", "hand" },
}

local rows = {
   { "member: number, read", "sum = sum + o.hp", "ffi" },
   { "member: number, written", "o.hp = i", "ffi" },
   { "member: bool, read", "if o.awake then sum = sum + 1 end", "ffi" },
   { "member: bool, written", "o.awake = true", "ffi" },
   { "member: enum, read", "sum = sum + o.mood", "ffi" },
   { "member: enum, written", "o.mood = 1", "ffi" },
   { "member: object, read", "if o.token == token then sum = sum + 1 end", "ffi" },
   { "member: object, written", "o.held = token", "ffi" },
   { "member: Vec2, read", "sum = sum + o.pair.x", "ffi" },
   { "member: Vec2, written", "o.pair = pair", "ffi" },
   { "member: Vec3, read", "sum = sum + o.place.x", "ffi" },
   { "member: Vec3, written", "o.place = place", "ffi" },
   { "member: array element, read", "sum = sum + o.weights[1]", "ffi", "ffi" },
   { "member: array element, written", "o.weights[1] = i", "ffi", "ffi" },
   { "member: of the base class, read", "sum = sum + o.id", "ffi" },
   { "member: of the base class, written", "o.id = i", "ffi" },
   { "member: behind methods, read", "sum = sum + o.level", "hand" },
   { "member: behind methods, written", "o.level = i", "hand" },
   { "leaf: an enum", "sum = sum + o:leaf_enum(1)", "ffi" },
   { "leaf: text", 'sum = sum + o:leaf_string("text")', "ffi" },
   { "leaf: of the base class", "sum = sum + o:leaf_weigh(i)", "ffi" },
   { "leaf: returns an object", "if o:leaf_give() == token then sum = sum + 1 end", "ffi" },
   { "leaf: returns Vec3", "sum = sum + o:leaf_where().x", "hand" },
   { "leaf: returns text", "sum = sum + #o:leaf_title()", "hand" },
   { "method: an enum", "sum = sum + o:take_enum(1)", "hand" },
   { "method: text", 'sum = sum + o:take_string("text")', "hand" },
   { "method: of the base class", "sum = sum + o:take_weigh(i)", "hand" },
   { "method: returns an object", "if o:take_give() == token then sum = sum + 1 end", "hand" },
   { "method: returns Vec3", "sum = sum + o:take_where().x", "hand" },
   { "method: returns text", "sum = sum + #o:take_title()", "hand" },
   { "static member: number, read", "sum = sum + S.shared_int()", "ffi" },
   { "static member: number, written", "S.share_int(i)", "ffi" },
   { "static member: object, read", "if S.shared_object() == token then sum = sum + 1 end", "ffi" },
   { "static member: object, written", "S.share_object(token)", "ffi" },
   { "static member: Vec2, read", "sum = sum + S.shared_pair().x", "hand" },
   { "static member: Vec2, written", "S.share_pair(pair)", "hand" },
   { "static member: Vec3, read", "sum = sum + S.shared_place().x", "hand" },
   { "static member: Vec3, written", "S.share_place(place)", "hand" },
   { "construct an object, end it", "new_token():destroy()", "hand" },
   { "construct Vec2, pass it", "sum = sum + o:leaf_pair(Vec2(i, 2))", "hand" },
}

for _, kind in ipairs(KINDS) do
   local name, words, arguments, against = unpack(kind)
   local function add(title, code, compared) rows[#rows + 1] = { title .. words, code:format(name, arguments), compared } end
   add("leaf: ", "sum = sum + o:leaf_%s(%s)", against)
   add("method: ", "sum = sum + o:take_%s(%s)", "hand")
   add("static leaf: ", "sum = sum + S.static_leaf_%s(%s)", against)
   add("static function: ", "sum = sum + S.static_take_%s(%s)", "hand")
end

-- ---- C calls Lua ----------------------------------------------------------------------------

local PATCH = [[
local patch = require "patch"
patch.override(native.Subject, "take_%s", function(original, self, a, b) return 1 end)
]]

local function listener() return 1 end

local function from_c(title, loop, by_hand)
   hand.calls.set_function(listener)
   return { name = title, run = loop, baseline = by_hand, baseline_name = "lua_rawgeti + lua_pcall + traceback" }
end

local function patched(name, words)
   local case = from_c("C calls a patch: " .. words, loops["take_" .. name], hand.calls[name])
   function case.prepare() tools.apply(PATCH:format(name)) end
   function case.finish() tools.apply(nil) end
   return case
end

local function event(name, words)
   local case = from_c("C fires an event: " .. words, loops["heard_" .. name], hand.calls[name])
   local connection
   function case.prepare() connection = tools.native.subject["heard_" .. name]:connect(listener) end
   function case.finish() connection:disconnect() end
   return case
end

local function connect_and_disconnect(n)
   local subject = tools.native.subject
   for _ = 1, n do subject.heard_int:connect(listener):disconnect() end
end

local function reference_and_drop(n)
   local calls = hand.calls
   for _ = 1, n do calls.disconnect(calls.connect(listener)) end
end

local cases = ways.cases(rows)
for _, kind in ipairs(KINDS) do
   local name, words = kind[1], kind[2]
   if loops["take_" .. name] then cases[#cases + 1] = patched(name, words) end
   if loops["heard_" .. name] then cases[#cases + 1] = event(name, words) end
end
cases[#cases + 1] = {
   name = "listener added and removed", run = connect_and_disconnect,
   baseline = reference_and_drop, baseline_name = "luaL_ref, luaL_unref",
}
return cases
