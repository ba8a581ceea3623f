/* Runs first in the player page. A sandboxed page has no storage and no cookies; H5P's code expects both. */
(function () {
  "use strict";

  function memoryStorage() {
    var entries = new Map();
    return {
      get length() { return entries.size; },
      key: function (index) { return Array.from(entries.keys())[index] || null; },
      getItem: function (name) { return entries.has(String(name)) ? entries.get(String(name)) : null; },
      setItem: function (name, value) { entries.set(String(name), String(value)); },
      removeItem: function (name) { entries.delete(String(name)); },
      clear: function () { entries.clear(); }
    };
  }

  ["localStorage", "sessionStorage"].forEach(function (name) {
    Object.defineProperty(window, name, { configurable: true, value: memoryStorage() });
  });
  Object.defineProperty(document, "cookie", { configurable: true, get: function () { return ""; }, set: function () {} });

  window.H5PIntegration = JSON.parse(document.getElementById("integration").textContent);
  // H5P starts when our page has sent the activity and the saved state, not before (frame.js).
  window.H5P = { preventInit: true };
})();
