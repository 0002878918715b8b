local json = game.require "json"

TestJson = {}

local function refused(text, why)
   local value, message = json.decode(text)
   unit.assertNil(value)
   unit.assertStrContains(message, why)
end

function TestJson:test_values_come_back_the_same()
   for _, value in ipairs {
      true, false, 0, -1, 0.1, 1e300, 1 / 3, 9007199254740992, "", "moon", "ä\0ö\n\"", {}, { 1, 2, { 3 } },
      { name = "Ada", list = { "a", { deep = { true } } } }, 9007199254740993LL, -9223372036854775807LL,
   } do
      unit.assertEquals(json.decode(json.encode(value)), value)
      unit.assertEquals(json.decode(json.encode(value, true)), value)
   end
end

function TestJson:test_texts_are_short_and_in_order()
   unit.assertEquals(json.encode { b = 0.8, a = { 1, 2 }, c = "x" }, '{"a":[1,2],"b":0.8,"c":"x"}')
   unit.assertEquals(json.encode({ a = { 1 } }, true), '{\n  "a": [\n    1\n  ]\n}')
   unit.assertEquals(json.encode { 1e15, -0.0, 2 ^ 53, 5LL }, "[1000000000000000,-0.0,9007199254740992,5]")
   unit.assertEquals(json.encode { 0.1, 1 / 3 }, "[0.10000000000000001,0.33333333333333331]")
end

function TestJson:test_empty_arrays_and_nulls_stay_what_they_are()
   unit.assertEquals(json.encode {}, "{}")
   unit.assertEquals(json.encode(json.array {}), "[]")
   local text = '{"a":[],"b":{},"c":null}'
   unit.assertEquals(json.encode(json.decode(text)), text)
   unit.assertIs(json.decode "null", json.null)
   unit.assertEquals(tostring(json.null), "json.null")
end

function TestJson:test_wrong_texts_are_refused_with_line_and_column()
   refused('{\n  "a": 1\n  "b": 2 }', "line 3, column 5: ")
   refused("", "line 1, column 0: ")
   refused("[1] x", "line 1, column 5: ")
   refused('{"a":1,"a":2}', "duplicate object key")
   refused("[9223372036854775808]", "too big integer")
   refused("[1e999]", "real number overflow")
   refused("\"\255\"", "line 1, column ")
   refused("nil", "invalid token")
end

function TestJson:test_depth_and_size_are_limited()
   local fine = ("["):rep(100) .. ("]"):rep(100)
   unit.assertEquals(json.encode(json.decode(fine)), fine)
   refused("\n" .. ("["):rep(101), "line 2, column 101: nested more than 100 deep")
   unit.assertEquals(json.decode('"' .. ("["):rep(200) .. '\\"["'), ("["):rep(200) .. '"[')
   local megabyte = ("x"):rep(1e6)
   refused(megabyte .. megabyte .. megabyte .. megabyte .. megabyte, "5000000 bytes; at most 4194304 are read")
   unit.assertErrorMsgContains("at most 4194304 are written", json.encode, { megabyte, megabyte, megabyte, megabyte, megabyte })
end

function TestJson:test_what_json_cannot_hold_is_named()
   local loop = {}
   loop.again = loop
   local bomb = {}
   for _ = 1, 20 do bomb = { bomb, bomb, bomb } end
   for _, case in ipairs {
      { { a = { 1, { b = print } } }, "json.encode: a[2].b: a function cannot be written" },
      { { hp = 0 / 0 }, "hp: a number that is infinite or none" },
      { { 1, 2, math.huge }, "[3]: a number that is infinite or none" },
      { { 1, 2, nil, 4 }, "a key that is a number, in a table that is not a list" },
      { { 1, a = 2 }, "in a table that is not a list" },
      { { s = "\255" }, "s: a text that is not UTF-8" },
      { { ["\255"] = 1 }, "a key that is not UTF-8" },
      { { ["a\0"] = 1 }, "a key with a zero byte" },
      { { [("k"):rep(257)] = 1 }, "more than 256 bytes" },
      { loop, "nested more than 100 deep (does a table contain itself?)" },
      { bomb, "more than 1048576 values" },
      { { x = game.native.json }, "x: a userdata cannot be written" },
   } do
      unit.assertErrorMsgContains(case[2], json.encode, case[1])
   end
   unit.assertEquals(json.encode { 1 }, "[1]")
   unit.assertErrorMsgContains("json.decode: text: string expected, got nil", json.decode)
end
