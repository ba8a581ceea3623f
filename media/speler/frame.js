/* Runs last in the player page: talks with the page around it, and starts H5P in the order that loses nothing. */
(function () {
  "use strict";

  var H5P = window.H5P;
  var integration = window.H5PIntegration;
  var content = integration.contents["cid-1"];
  var nonce = new URLSearchParams(location.hash.slice(1)).get("n") || "";
  var started = false;
  var lastState = "";
  var lastHeight = 0;

  function tell(type, data) {
    window.parent.postMessage(Object.assign({ nest: 1, nonce: nonce, type: type }, data), integration.siteUrl);
  }

  function sendState() {
    var state = JSON.stringify(content.contentUserData || {});
    if (state !== lastState && state !== "{}") {
      lastState = state;
      tell("state", { state: state });
    }
  }

  // H5P would post its state to a server of this origin. There is none: the page around us keeps it.
  H5P.setUserData = function (contentId, dataId, data, extras) {
    var sub = (extras && extras.subContentId) || 0;
    content.contentUserData = content.contentUserData || {};
    content.contentUserData[sub] = content.contentUserData[sub] || {};
    content.contentUserData[sub][dataId] = JSON.stringify(data);
    sendState();
  };
  H5P.deleteUserData = function (contentId, dataId, subContentId) {
    var entries = content.contentUserData && content.contentUserData[subContentId || 0];
    if (entries) {
      delete entries[dataId];
    }
    sendState();
  };

  // One part whose state cannot be read (a video without a source) may not keep the others from being saved.
  var newRunnable = H5P.newRunnable;
  H5P.newRunnable = function () {
    var instance = newRunnable.apply(this, arguments);
    if (instance && typeof instance.getCurrentState === "function") {
      var read = instance.getCurrentState;
      instance.getCurrentState = function () {
        try {
          return read.apply(instance, arguments);
        } catch (error) {
          return undefined;
        }
      };
    }
    return instance;
  };

  function lookAtStates() {
    (H5P.instances || []).forEach(function (instance) {
      if (typeof instance.getCurrentState === "function") {
        var state = instance.getCurrentState();
        if (state !== undefined) {
          H5P.setUserData(instance.contentId, "state", state);
        }
      }
    });
  }

  function sendHeight() {
    var height = Math.ceil(document.querySelector(".h5p-content").getBoundingClientRect().height);
    if (height && Math.abs(height - lastHeight) > 1) {
      lastHeight = height;
      tell("height", { height: height });
    }
  }

  function start(message) {
    if (started) {
      return;
    }
    started = true;
    content.url = message.activity;
    if (message.state) {
      try {
        content.contentUserData = JSON.parse(message.state);
        lastState = message.state;
      } catch (error) {
        content.contentUserData = undefined;
      }
    }
    H5P.jQuery(function () {
      H5P.externalDispatcher.on("xAPI", function (event) {
        tell("statement", { statement: event.data.statement });
      });
      try {
        H5P.init(document.body);
      } catch (error) {
        tell("failed", {});
        throw error;
      }
      new ResizeObserver(sendHeight).observe(document.querySelector(".h5p-content"));
      sendHeight();
      tell("started", {});
    });
  }

  window.addEventListener("message", function (event) {
    var message = event.data;
    if (event.source !== window.parent || event.origin !== integration.siteUrl) {
      return;
    }
    if (!message || message.nest !== 1 || message.nonce !== nonce) {
      return;
    }
    if (message.type === "start") {
      start(message);
    } else if (message.type === "flush") {
      lookAtStates();
      tell("flushed", {});
    }
  });
  window.addEventListener("resize", function () {
    (H5P.instances || []).forEach(function (instance) { H5P.trigger(instance, "resize"); });
  });

  tell("hello", {});
})();
