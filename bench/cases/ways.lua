-- The ways in which Lua reaches the same C objects: the bridge, raw FFI, and a binding written by
-- hand on the C API; and tables of Lua, which are no C at all. A piece of work is one line of Lua that means the same in every way, so that
-- subject and baseline cannot differ in anything else:
--
--   o        a subject          S                    the static functions of its class
--   token    an object          new_token            makes another
--   pair, place, Vec2           values of two and three numbers, and what makes one
--   i        the loop's counter, from 1              sum    what the loop adds up

local tools = ...

local ffi = require "ffi"

local ways = {}

local DECLARATIONS = [[
typedef struct { uint32_t index, generation; const void *class_of; } bench_Object;
typedef struct { float x, y; } bench_Vec2;
typedef struct { float x, y, z; } bench_Vec3;
typedef struct bench_Subject {
   struct { bench_Object object; int id; };
   float x, y;
   int hp;
   bool awake;
   int mood;
   bench_Vec2 pair;
   bench_Vec3 place;
   float weights[4];
   bench_Object *token;
   struct bench_Subject *next;
   const char *name;
   bench_Object *held;
   int level, number;
} bench_Subject;
]]
ffi.cdef(DECLARATIONS)

assert(ffi.sizeof "bench_Subject" == tools.subject_size, "bench_Subject is not what subject.h says")

-- What raw FFI calls: the C bodies, by the names of the methods and static functions.
local BODIES = {
   distance = "float mp_native_subject_distance(const void *, float, float);",
   leaf_weigh = "int mp_native_thing_leaf_weigh(const void *, int);",
   leaf_int = "int mp_native_subject_leaf_int(const void *, int);",
   leaf_object = "int mp_native_subject_leaf_object(const void *, const void *);",
   leaf_two = "int mp_native_subject_leaf_two(const void *, int, int);",
   leaf_enum = "int mp_native_subject_leaf_enum(const void *, int);",
   leaf_string = "int mp_native_subject_leaf_string(const void *, const char *);",
   leaf_give = "void *mp_native_subject_leaf_give(const void *);",
   leaf_title = "const char *mp_native_subject_leaf_title(const void *);",
   shared_int = "int mp_native_subject_shared_int(void);",
   share_int = "void mp_native_subject_share_int(int);",
   shared_object = "void *mp_native_subject_shared_object(void);",
   share_object = "void mp_native_subject_share_object(void *);",
   static_leaf_int = "int mp_native_subject_static_leaf_int(int);",
   static_leaf_object = "int mp_native_subject_static_leaf_object(const void *);",
   static_leaf_two = "int mp_native_subject_static_leaf_two(int, int);",
   static_leaf_base = "int mp_native_subject_static_leaf_base(const void *);",
}
for _, declaration in pairs(BODIES) do ffi.cdef(declaration) end

local function body_of(name) return "C." .. BODIES[name]:match "mp_native_[%w_]+" end

local native, hand = tools.native, tools.hand

local COUNT = 8 -- subjects; each one's `next` is the next

local function ring(object)
   local list = {}
   for index = 1, COUNT do list[index], object = object, object.next end
   return list
end

local bridge = ring(native.subject)
local raw = ring(ffi.cast("bench_Subject *", tools.subject))

-- Like patched subjects: damage is what the patch makes of it.
local Table = {}
Table.__index = Table
function Table:damage(amount) return amount + 1 end

local tables = {}
for index = 1, COUNT do tables[index] = setmetatable({ x = 3, y = 4 }, Table) end

--- {name for people; objects, S, token, new_token, Vec2, pair, place; how the code is written here}
local WAYS = {
   bridge = {
      objects = function() return bridge end,
      S = native.Subject, token = bridge[1].token, new_token = native.Token.new,
      Vec2 = native.Vec2, pair = native.Vec2(1, 2), place = native.Vec3(1, 2, 3),
      write = function(code) return code end,
   },
   ffi = {
      name = "raw FFI",
      objects = function() return raw end,
      token = raw[1].token, pair = ffi.new("bench_Vec2", 1, 2), place = ffi.new("bench_Vec3", 1, 2, 3),
      write = function(code)
         code = code:gsub("o:([%w_]+)%(", function(name) return body_of(name) .. "(o, " end)
         code = code:gsub("S%.([%w_]+)%(", function(name) return body_of(name) .. "(" end)
         return (code:gsub(", %)", ")"))
      end,
   },
   hand = {
      name = "hand-written C API",
      -- Members are on a userdata of their own.
      objects = function(code) return code:find "o%." and hand.fields or hand.subjects end,
      S = hand.statics, token = hand.token, new_token = hand.new_token,
      Vec2 = hand.Vec2, pair = hand.pair, place = hand.place,
      write = function(code) return (code:gsub("leaf_", "take_")) end,
   },
   lua = {
      name = "Lua tables",
      objects = function() return tables end,
      write = function(code) return code end,
   },
}

--- What the way is called.
function ways.name(way) return WAYS[way].name end

local HEAD = "local objects, S, token, new_token, Vec2, pair, place, C, band = ...\n"

local ONE = HEAD .. [[
return function(n)
   local sum, o = 0, objects[1]
   for i = 1, n do %s end
   return sum
end]]

local TURNS = HEAD .. [[
return function(n)
   local sum = 0
   for i = 1, n do
      local o = objects[band(i, 7) + 1]
      %s
   end
   return sum
end]]

local function compile(template, way, code)
   local w = WAYS[way]
   local chunk = assert(loadstring(template:format(w.write(code)), "=" .. code))
   return chunk(w.objects(code), w.S, w.token, w.new_token, w.Vec2, w.pair, w.place, ffi.C, bit.band)
end

--- A function(n) that does the work n times with one object. What is the same in every round of a
--- loop, such as looking at that object, compiled code does only once.
function ways.work_on_one(way, code) return compile(ONE, way, code) end

--- The text of a function(n) that does the work with one object through raw FFI, for another machine.
function ways.raw_elsewhere(code)
   return ([[
local ffi = require "ffi"
ffi.cdef [=[%s]=]
return (function(...) %s end)({ ffi.cast("bench_Subject *", %#xLL) }, nil, nil, nil, nil, nil, nil, ffi.C)]]):format(
      DECLARATIONS, ONE:format(code), tonumber(ffi.cast("intptr_t", tools.subject)))
end

--- A function(n) that does the work n times: compiled with objects in turn, as in a loop over
--- enemies. For interpreted code one object is as good as many.
function ways.work(way, code) return compile(tools.jit and TURNS or ONE, way, code) end

--- A case out of {name, code, the way it is compared with, and where scripts are not compiled}. There
--- it is the C API unless the row says otherwise: nobody would choose the FFI.
function ways.case(row)
   local name, code, against = row[1], row[2], tools.jit and row[3] or row[4] or "hand"
   return {
      name = name, run = ways.work("bridge", code),
      baseline = ways.work(against, code), baseline_name = ways.name(against),
   }
end

--- A list of cases out of a list of rows.
function ways.cases(rows)
   local cases = {}
   for index, row in ipairs(rows) do cases[index] = ways.case(row) end
   return cases
end

return ways
