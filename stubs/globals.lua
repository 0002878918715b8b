---@meta _
-- For the editor: what scripts have besides Lua's own globals and `native`.

---Pauses the coroutine that calls it, one that timer.run started; without a number, until the next
---step.
---@param seconds? number of game time
function wait(seconds) end

---Pauses the coroutine that calls it until `condition()` is true, asked once a step.
---@param condition fun(): any
---@param seconds? number at most that long
---@return boolean met false: the time was up
function wait_until(condition, seconds) end

---Pauses the coroutine that calls it until event.emit(name, ...); returns what was emitted.
---@param name string
---@return any ...
function wait_event(name) end

---Whether `object` is a live object, or a part of one. Never raises.
---@param object any
---@return boolean
function is_valid(object) end

---Whether `func` is a function of a patch that is not in effect any more: one that went, or was edited.
---For those who keep functions to call them later. Never raises.
---@param func any
---@return boolean
function is_gone(func) end

---A function that returns the object, or nil once it was destroyed. It keeps nothing alive.
---@generic T
---@param object T
---@return fun(): T?
function weak(object) end

---What `connect` of an event returns: object.happened:connect(listener).
---@class EventConnection
local EventConnection = {}

---Cuts the connection; nothing happens if it is cut already.
function EventConnection:disconnect() end

---Whether it still is one.
---@return boolean
function EventConnection:is_connected() end
