-- Measures the cases of a group, inside the VM that is measured.
--
-- A file of cases returns a list. A case is a table:
--
--   name, unit       what it is; without a unit, nanoseconds
--   run              function(n): does the work n times; or
--   figure           function(): returns the value itself, in the case's unit
--   baseline         what `run` is compared with, again function(n); or
--   baseline_figure  what `figure` is compared with
--   baseline_name    what that is, for people
--   limit, sense     the claim: the ratio, or the value where there is none, is at most ("max",
--                    the default) or at least ("min") the limit
--   rounds           how many, where one is enough
--   prepare, finish  called before and after all rounds
--   needs            what must be installed: without it, prepare() or figure() is false, and the
--                    case is left out
--   before           function(side): called before each round, untimed; side is "run" or "baseline"

local tools = ...

local ROUNDS = tools.quick and 1 or 15
local SECONDS = tools.quick and 0.001 or 0.02 -- of one round
local UNITS = { ns = 1e9, us = 1e6, ms = 1e3 } -- in a second

local function median(list)
   table.sort(list)
   return list[math.floor((#list + 1) / 2)]
end

local function time(work, n)
   local start = tools.clock()
   work(n)
   return tools.clock() - start
end

--- How often `work` fits into one round; running it so often also compiles it. The quicker of two
--- attempts counts: the other one may have been interrupted.
local function calibrate(work)
   local n = 64
   while true do
      local took = math.min(time(work, n), time(work, n))
      if took > SECONDS / 2 then return math.max(1, math.floor(n * SECONDS / took)) end
      n = n * 2
   end
end

--- A function that returns one figure of a side of the case, in the case's unit; nil for no side.
local function meter(case, side)
   local work, figure = case[side], case[side == "run" and "figure" or "baseline_figure"]
   if not (work or figure) then return nil end
   local before = case.before or function() end
   local scale, n = UNITS[case.unit], nil
   return function()
      before(side)
      if figure then return figure() end
      n = n or calibrate(work)
      return time(work, n) / n * scale
   end
end

--- Subject and baseline in turn, so that both see the same machine.
local function measure(case)
   local run, baseline = meter(case, "run"), meter(case, "baseline")
   local values, base_values, ratios = {}, {}, {}
   for round = 1, case.rounds or ROUNDS do
      values[round] = run()
      if baseline then
         base_values[round] = baseline()
         ratios[round] = values[round] / base_values[round]
      end
   end
   return median(values), median(base_values), median(ratios)
end

local noted = {}

--- Tells people what is missing, once.
local function leave_out(case)
   if not noted[case.needs] then
      io.stderr:write(("bench: left out: %s is not installed, or does not run here\n"):format(case.needs))
   end
   noted[case.needs] = true
end

local function run_case(case)
   case.unit = case.unit or "ns"
   if tools.jit then jit.flush() end -- no case pays for what another one left
   collectgarbage()
   if case.prepare and case.prepare() == false then return leave_out(case) end
   local value, baseline, ratio = measure(case)
   if case.finish then case.finish() end
   if not value then return leave_out(case) end
   tools.report {
      group = tools.group, name = case.name, unit = case.unit, value = value,
      baseline = baseline, baseline_name = baseline and case.baseline_name, ratio = ratio,
      limit = case.limit, sense = case.limit and (case.sense or "max"),
   }
end

--- Tells how far it is, on a line that the next one overwrites.
local function show_progress(index, count, case)
   if not tools.progress then return end
   io.stderr:write(("\r\27[K%s: %d of %d: %s\r"):format(tools.group, index, count, case and case.name or ""))
end

local loaded = {}

--- What another file of this folder returns.
function tools.load(name)
   loaded[name] = loaded[name] or assert(loadfile(("%s/cases/%s.lua"):format(tools.folder, name)))(tools)
   return loaded[name]
end

local cases = {}
for _, file in ipairs(tools.files) do
   for _, case in ipairs(tools.load(file)) do cases[#cases + 1] = case end
end

if not tools.list then
   print(("\n%s"):format(tools.group))
   io.stdout:flush() -- the first row may take minutes
end
for index, case in ipairs(cases) do
   if tools.list then
      print(("%s: %s"):format(tools.group, case.name))
   else
      show_progress(index, #cases, case)
      run_case(case)
   end
end
