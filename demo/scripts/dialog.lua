--- A scene that is a menu in a panel, over the scene before it, which shows through, unless that is a dialog itself; the
--- keys for pause and back leave it.

local controls = require "controls"
local palette = require "palette"
local scene = require "scene"
local text = require "text"
local widgets = require "widgets"

local dialog = {}

---@class DialogOptions
---@field title string
---@field items Menu
---@field panel number[]    x, y, width and height
---@field title_y number
---@field dim number        how dark what lies behind gets, from 0 to 1
---@field enter? fun()      when it comes
---@field draw? fun()       what it shows besides

---@param options DialogOptions
---@return table scene
function dialog.new(options)
   local screen, items, panel = {}, options.items, options.panel

   function screen.enter()
      items:reset()
      if options.enter then options.enter() end
   end

   ---@param dt number
   function screen.update(dt) items:update(dt, controls) end

   function screen.draw()
      if scene.current() ~= screen then return end
      widgets.dim(options.dim)
      widgets.panel(panel[1], panel[2], panel[3], panel[4])
      text.large(options.title, 320, options.title_y, "center", palette.straw)
      items:draw()
      if options.draw then options.draw() end
   end

   ---@param action string
   function screen.pressed(action)
      if action == "pause" or action == "back" then
         scene.pop()
      else
         items:pressed(action)
      end
   end

   function screen.autoplay() scene.pop() end

   return screen
end

return dialog
