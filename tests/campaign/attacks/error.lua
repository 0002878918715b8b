-- Errors that are no text, or too much of it.

local SHAPES = {
   { "nil", "error(nil)", "error object is a nil" },
   { "false", "error(false)", "error object is a boolean" },
   { "a number", "error(42)", "42" },
   { "a table", "error({})", "error object is a table" },
   { "a function", "error(error)", "error object is a function" },
   { "a coroutine", "error(coroutine.create(print))", "error object is a thread" },
   { "an object", "error(self)", "error object is a userdata" },
   { "a 64-bit integer", "error(1LL)", "error object is a cdata" },
   { "a table with __tostring", "error(setmetatable({}, { __tostring = function() while true do end end }))", "error object is a table" },
   { "a table that answers to everything", "error(setmetatable({}, { __index = function() error('x') end, __metatable = 1 }))", "error object is a table" },
   { "10 MB of text", "error(('x'):rep(1e7))", "xxx" },
   { "10 MB of lines", "error(('x\\n'):rep(5e6))", "x" },
   { "zeros", "error('a\\0b')", "a" },
   { "codes of a terminal", "error('\\27[2J\\27[31mred')", "red" },
   { "formats", "error('%s%n%s%d %99999999d')", "%s%n%s%d" },
   { "no text at all", "error('')", "" },
   { "broken UTF-8", "error('\\255\\254')", "" },
   { "a wrong argument", "self:shout()", "Animal.shout" },
   { "an error in a coroutine", "coroutine.wrap(function() error({}) end)()", "error object is a table" },
   { "a table in a coroutine of an event", "coroutine.wrap(function() native.toys.tidied:wait() error(setmetatable({}, { __tostring = function() while true do end end })) end)() native.toys.tidied:fire('x') error('y')", "" },
   { "an error in an error handler", "xpcall(error, function() error({}) end) error('late')", "late" },
   { "a result of the wrong type", "return {}", "result" },
   { "an endless number of errors", "for i = 1, 1e4 do pcall(error, i) end error('last')", "last" },
}

local attacks = {}
for index, shape in ipairs(SHAPES) do attacks[index] = { name = shape[1], body = shape[2], cause = shape[3], budget = 1000 } end
attacks[#attacks + 1] = {
   name = "a table while the file is loaded", file = "error(setmetatable({}, { __tostring = function() while true do end end }))",
   state = "refused", cause = "error object is a table",
}
attacks[#attacks + 1] = { name = "nil while the file is loaded", file = "error()", state = "refused", cause = "error object is a nil" }
attacks[#attacks + 1] = {
   name = "10 MB of text while the file is loaded", budget = 1000, file = "error(('x'):rep(1e7))", state = "refused", cause = "xxx",
}
return attacks
