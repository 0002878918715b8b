-- Runs the cases of all groups, or of one, prints a table and returns the results.
--
-- A case is {name, unit, run, baseline, baseline_name, limit, sense}. run(n) and baseline(n) do
-- the work n times; without them, `measure` returns the value itself.

local tools, wanted = ...

local GROUPS = { "bridge" }
local ROUNDS = 15
local SECONDS = 0.02 -- of one round

local function median(list)
   table.sort(list)
   return list[math.floor((#list + 1) / 2)]
end

--- How often `work` fits into one round; running it so often also compiles it.
local function calibrate(work)
   local n = 1000
   while true do
      local start = tools.clock()
      work(n)
      local took = tools.clock() - start
      if took > SECONDS / 2 then return math.max(1, math.floor(n * SECONDS / took)) end
      n = n * 2
   end
end

local function time(work, n)
   local start = tools.clock()
   work(n)
   return (tools.clock() - start) / n * 1e9
end

--- Subject and baseline in turn, so that both see the same machine.
local function compare(case)
   local n, base_n = calibrate(case.run), calibrate(case.baseline)
   local values, base_values, ratios = {}, {}, {}
   for round = 1, ROUNDS do
      values[round] = time(case.run, n)
      base_values[round] = time(case.baseline, base_n)
      ratios[round] = values[round] / base_values[round]
   end
   return median(values), median(base_values), median(ratios)
end

local function run_case(group, case)
   if case.prepare then case.prepare() end
   local result = {
      group = group, name = case.name, unit = case.unit or "ns", baseline_name = case.baseline_name,
      limit = case.limit, sense = case.limit and (case.sense or "max"),
   }
   if case.measure then
      result.value = case.measure()
   else
      result.value, result.baseline, result.ratio = compare(case)
   end
   if case.finish then case.finish() end
   return result
end

local function verdict(result)
   if not result.limit then return "" end
   local figure = result.ratio or result.value
   local met = result.sense == "max" and figure <= result.limit or result.sense == "min" and figure >= result.limit
   return ("%s %.2f%s"):format(result.sense == "max" and "<=" or ">=", result.limit, met and "" or "  MISSED")
end

local function print_result(result)
   print(("%-34s %9.2f %-6s %-44s %7s  %s"):format(result.name, result.value, result.unit,
      result.baseline and ("%.2f %s"):format(result.baseline, result.baseline_name) or "",
      result.ratio and ("%.2fx"):format(result.ratio) or "", verdict(result)))
end

local results = {}
for _, group in ipairs(GROUPS) do
   if not wanted or wanted == group then
      print(("\n%s"):format(group))
      for _, case in ipairs(assert(loadfile(("%s/%s.lua"):format(tools.folder, group)))(tools)) do
         local result = run_case(group, case)
         print_result(result)
         results[#results + 1] = result
      end
   end
end
if #results == 0 then error(("there is no group %q; there is: %s"):format(wanted, table.concat(GROUPS, ", ")), 0) end
return results
