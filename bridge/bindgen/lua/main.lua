-- moonpatch-bindgen: the command line.

local bindgen = ...
local arguments = { select(2, ...) }

package.path = bindgen.data_folder .. "/lua/?.lua"
package.cpath = ""

local api = require "api"
local c_side = require "c_side"
local compare = require "compare"
local documented = require "documented"
local files = require "files"
local level = require "level"
local lua_side = require "lua_side"
local manifest = require "manifest"
local metamethods = require "metamethods"
local module = require "module"
local naming = require "naming"
local patched_side = require "patched_side"
local placement = require "placement"
local reference = require "reference"
local report = require "report"
local shape = require "shape"
local stubs = require "stubs"
local suspicions = require "suspicions"
local template = require "template"
local text = require "text"
local types = require "types"

report.coloured = bindgen.coloured

local USAGE = [[
usage: moonpatch-bindgen header --module NAME [options] HEADER -- [compiler arguments]
       moonpatch-bindgen module --module NAME [options] API.json ...
       moonpatch-bindgen reference --output-dir DIR [options] MANIFEST.api.json ...
       moonpatch-bindgen compare OLD.api.json NEW.api.json [--since N]
       moonpatch-bindgen embed --name NAME --output FILE.c FILE ...

header   reads one annotated C header; writes STEM.gen.h, STEM.gen.c and STEM.api.json
module   merges the APIs of a module's headers; writes NAME.gen.h, NAME.gen.c, NAME.gen.lua,
         NAME.api.json (the API manifest) and NAME.d.lua (stubs for the editor)
reference
         writes the API reference of some modules: README.md and one Markdown page for every
         class, namespace, value and enum
compare  tells what scripts written for an old manifest would miss in a new one; exit code 1 if
         there is such a thing
embed    writes files as a C table of {name, text, size}, sorted by name

options
  --module NAME      the module that the classes belong to
  --prefix Mp        a prefix of C type names that scripts do not see
  --include PATH     how C code includes the header (default: its file name)
  --path PATH        where the header is in the project, for the reference (default: --include)
  --require-docs     refuse what is declared to scripts without a comment
  --level N          the API level that the module is at (default: 1)
  --since N          what is new must say MP_SINCE(N) or more (default: one above OLD's level)
  --sources PATH     how the project's root is reached from the reference's folder, for links to
                     headers; or the address of a code-hosting site (default: no links)
  --output-dir DIR   where to write (default: the current folder)
  --depfile FILE     write a make-style dependency file for the outputs
  --help, --version
]]

local OPTIONS = {
   ["--module"] = "module", ["--prefix"] = "prefix", ["--include"] = "include",
   ["--output-dir"] = "output_dir", ["--depfile"] = "depfile", ["--name"] = "name", ["--output"] = "output",
   ["--path"] = "path", ["--level"] = "level", ["--since"] = "since", ["--sources"] = "sources",
}
local FLAGS = { ["--require-docs"] = "require_docs" }
local NUMBERS = { "level", "since" }

local function check_numbers(options)
   for _, name in ipairs(NUMBERS) do
      local given = options[name]
      if given and not given:find("^[1-9]%d*$") then
         report.fail("--%s: a number from 1 on expected, got '%s'", name, given)
      end
      options[name] = tonumber(given)
   end
end

--- Names become parts of C identifiers and of files' names.
local function check_names(options)
   for _, name in ipairs { "module", "name" } do
      local given = options[name]
      if given and not naming.is_identifier(given) then
         report.fail("--%s: a name of letters, digits and '_' expected, got '%s'", name, given)
      end
   end
end

local function parse_options(list)
   local options = { prefix = "", output_dir = ".", inputs = {}, compiler = {} }
   local index = 1
   while list[index] do
      local word = list[index]
      if word == "--" then
         for rest = index + 1, #list do options.compiler[#options.compiler + 1] = list[rest] end
         break
      elseif FLAGS[word] then
         options[FLAGS[word]] = true
      elseif OPTIONS[word] then
         index = index + 1
         options[OPTIONS[word]] = list[index] or report.fail("%s needs a value; see --help", word)
      elseif word:sub(1, 1) == "-" then
         report.fail("unknown option %s; see --help", word)
      else
         options.inputs[#options.inputs + 1] = word
      end
      index = index + 1
   end
   check_numbers(options)
   check_names(options)
   return options
end

local function append(list, more)
   for _, entry in ipairs(more) do list[#list + 1] = entry end
end

local function render(name, environment)
   environment.c, environment.lua, environment.patched = c_side, lua_side, patched_side
   environment.text, environment.types = text, types
   local file = name .. ".tmpl"
   return template.render(files.read(bindgen.data_folder .. "/templates/" .. file), file, environment)
end

local function guard_of(name) return "MP_GEN_" .. name:upper():gsub("%W", "_") .. "_H" end

-- ---- what is read again ---------------------------------------------------------------------

--- What is in JSON files of one kind: {format, version, words, shape}.
local function read_json(paths, kind)
   local list = {}
   for index, path in ipairs(paths) do
      local decoded, why = bindgen.json_decode(files.read(path))
      if not decoded then report.fail("%s: %s", path, why) end
      if decoded.format ~= kind.format or decoded.version ~= kind.version then
         report.fail("%s: %s of version %d expected", path, kind.words, kind.version)
      end
      local fault = shape.fault(decoded, kind.shape, kind.format)
      if fault then report.fail("%s: %s", path, fault) end
      list[index] = decoded
   end
   return list
end

local HEADER = { format = "moonpatch-header", version = 1, words = "the API of a header", shape = shape.header }
local MANIFEST = { format = manifest.FORMAT, version = manifest.VERSION, words = "an API manifest", shape = shape.manifest }

-- ---- header ---------------------------------------------------------------------------------

--- C names of classes, enums and callbacks that the header uses but does not declare.
local function foreign(declared, kinds, functions, classes)
   local seen, names = {}, {}
   for _, entry in ipairs(declared) do seen[entry.c_name] = true end
   local function note(c_name)
      if c_name and not seen[c_name] then
         seen[c_name] = true
         names[#names + 1] = c_name
      end
   end
   local note_type
   function note_type(t)
      if kinds[t.kind] then note(t.c_name) end
      if t.element then note_type(t.element) end
   end
   for _, list in ipairs(functions) do
      for _, f in ipairs(list) do
         note_type(f.result)
         for _, parameter in ipairs(f.parameters) do note_type(parameter.type) end
      end
   end
   for _, class in ipairs(classes) do
      if kinds.object then note(class.base) end
      for _, property in ipairs(class.properties) do note_type(property.type) end
   end
   table.sort(names)
   return names
end

local function parse(path, arguments_of_compiler)
   local compiler = { "-x", "c-header", "-std=gnu11", "-DMP_BINDGEN", "-ferror-limit=0" }
   for _, argument in ipairs(arguments_of_compiler) do compiler[#compiler + 1] = argument end
   files.read(path) -- says why it cannot be
   return bindgen.parse(path, compiler) or report.fail("cannot parse %s", path)
end

local function name_ways_out(diagnostics)
   for _, diagnostic in ipairs(diagnostics) do
      if diagnostic.text:find("file not found", 1, true) then
         diagnostic.way_out = "tell behind -- where it is, as a compiler is told: -- -IFOLDER"
      end
   end
end

local function command_header(options)
   local path = options.inputs[1] or report.fail("which header? see --help")
   if options.inputs[2] then report.fail("one header at a time, so what is %s?", options.inputs[2]) end
   local unit = parse(path, options.compiler)
   name_ways_out(unit.diagnostics)
   if report.faults(unit.diagnostics) then return 1 end
   local result, faults = api.analyse(unit, {
      module = options.module, prefix = options.prefix, include = options.include or path:match("[^/\\]+$"),
   })
   append(faults, placement.check(unit))
   if options.require_docs then append(faults, documented.check(unit)) end
   if #faults == 0 then faults = suspicions.check(unit, result, path) end
   if report.faults(faults) then return 1 end
   result.path, result.format, result.version = options.path, HEADER.format, HEADER.version

   local callables = { result.callbacks, result.functions }
   local stem = files.stem(path)
   local base = ("%s/%s"):format(options.output_dir, stem)
   files.write(base .. ".gen.h", render("header.h", { api = result, guard = guard_of(stem .. "_gen") }))
   files.write(base .. ".gen.c", render("header.c", {
      api = result, stem = stem,
      foreign_classes = foreign(result.classes, { object = true }, callables, result.classes),
      foreign_enums = foreign(result.enums, { enum = true, flags = true }, callables, result.classes),
      foreign_callbacks = foreign(result.callbacks, { callback = true }, callables, result.classes),
   }))
   files.write(base .. ".api.json", bindgen.json_encode(result) .. "\n")
   if options.depfile then files.write_dependencies(options.depfile, base .. ".gen.h", unit.files) end
   return 0
end

-- ---- module ---------------------------------------------------------------------------------

-- A header and a module of the same name have files of the same names.
local function refuse_to_replace(inputs, base)
   for _, input in ipairs(inputs) do
      if files.is_same(input, base .. ".api.json") then
         report.fail("%s: module %s would replace what was made of this header; give the module another name, or --output-dir",
            input, base:match "[^/\\]+$")
      end
   end
end

--- Whether Lua's compiler takes what was generated of a module. Tells why not.
local function is_taken(merged, code)
   local loaded, why = load(code, "=" .. merged.name, "t")
   if not loaded then report.faults { module.too_large(merged, code, why) } end
   return loaded ~= nil
end

local function command_module(options)
   if not options.inputs[1] then report.fail("which APIs? see --help") end
   local merged, current = module.merge(options.module, read_json(options.inputs, HEADER)), options.level or 1
   local faults = module.check(merged)
   append(faults, level.check(merged, current))
   if report.faults(faults) then return 1 end
   level.resolve(merged)

   local base = ("%s/%s"):format(options.output_dir, options.module)
   refuse_to_replace(options.inputs, base)
   local half = render("module.lua", {
      module = merged, used_by_class = module.used_by_class, used_by_function = module.used_by_function,
      metamethods = metamethods.rows(merged),
   })
   if not is_taken(merged, half) then return 1 end
   local described = manifest.of(merged, current)
   local json = bindgen.json_encode(described) .. "\n"
   local stub = render("stubs.lua", stubs.environment(merged, described)):gsub(" +\n", "\n")
   if not is_taken(merged, stub) then return 1 end
   files.write(base .. ".gen.h", render("module.h", { module = merged, guard = guard_of(options.module .. "_module") }))
   files.write(base .. ".gen.c", render("module.c", {
      module = merged, level = current, properties = module.property_names(merged), half = half, manifest = json,
   }))
   files.write(base .. ".gen.lua", half)
   files.write(base .. ".api.json", json)
   files.write(base .. ".d.lua", stub)
   return 0
end

-- ---- manifests ------------------------------------------------------------------------------

local function command_reference(options)
   local manifests = read_json(options.inputs, MANIFEST)
   if #manifests == 0 then report.fail("which manifests? see --help") end
   for _, page in ipairs(reference.pages(manifests, options.sources)) do
      local path = ("%s/%s"):format(options.output_dir, page.path)
      if not bindgen.make_folder(path:match("^(.*)/")) then report.fail("cannot make the folder of %s", path) end
      files.write(path, render(page.template, page.environment))
   end
   return 0
end

local function command_compare(options)
   if #options.inputs ~= 2 then report.fail("compare takes two manifests, an old one and a new one; see --help") end
   local old, new = unpack(read_json(options.inputs, MANIFEST))
   if old.module ~= new.module then
      report.fail("these are manifests of two modules, %s and %s", old.module, new.module)
   end
   return report.faults(compare.manifests(old, new, options.since)) and 1 or 0
end

-- ---- embed ----------------------------------------------------------------------------------

local function command_embed(options)
   local list = {}
   for index, path in ipairs(options.inputs) do
      list[index] = { name = files.stem(path), text = files.read(path) }
   end
   table.sort(list, function(a, b) return a.name < b.name end)
   files.write(options.output, render("embed.c", { name = options.name, files = list }))
   return 0
end

-- ---------------------------------------------------------------------------------------------

local COMMANDS = {
   header = { run = command_header, needs = { "module" } },
   module = { run = command_module, needs = { "module" } },
   reference = { run = command_reference, needs = {} },
   compare = { run = command_compare, needs = {} },
   embed = { run = command_embed, needs = { "name", "output" } },
}

local command = COMMANDS[arguments[1]]
if arguments[1] == "--help" or arguments[1] == "-h" then
   io.stdout:write(USAGE)
   return 0
elseif arguments[1] == "--version" then
   io.stdout:write(("moonpatch-bindgen %s (%s)\n"):format(bindgen.version, bindgen.clang_version()))
   return 0
elseif not command then
   io.stderr:write(USAGE)
   return 2
end
local options = parse_options { select(2, unpack(arguments)) }
for _, name in ipairs(command.needs) do
   if not options[name] then report.fail("--%s is missing; see --help", name) end
end
return command.run(options)
