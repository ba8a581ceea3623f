/* Nestwerk.Sorteren: lay cards on two or three piles, with an explanation for each. EUPL-1.2. */
var Nestwerk = window.Nestwerk || {};
window.Nestwerk = Nestwerk;

Nestwerk.Sorteren = (function () {
  "use strict";

  var TEXTS = {
    progress: "Kaart @number van @total",
    choose: "Op welke stapel leg je deze kaart?",
    right: "Dat past.",
    wrong: "Deze kaart past beter bij “@pile”.",
    next: "Volgende kaart",
    finish: "Bekijk het resultaat",
    score: "Je legde @score van de @total kaarten meteen goed.",
    retry: "Begin opnieuw",
    overview: "Alle kaarten op hun stapel",
    yours: "Jij koos “@pile”."
  };

  /**
   * @param {object} params content.json: title, instruction, piles, cards, closing, l10n
   * @param {number} contentId
   * @param {object} extras previousState as getCurrentState returned it
   */
  function Sorteren(params, contentId, extras) {
    window.H5P.EventDispatcher.call(this);
    this.contentId = contentId;
    this.params = params;
    this.piles = params.piles || [];
    this.cards = params.cards || [];
    this.texts = Object.assign({}, TEXTS, params.l10n);
    this.restore(extras && extras.previousState);
  }

  Sorteren.prototype = Object.create(window.H5P.EventDispatcher.prototype);
  Sorteren.prototype.constructor = Sorteren;

  // --- state ------------------------------------------------------------------------------------------------

  /** answers[i] is the id of the pile that card i was laid on; `closed` says that the closing is on screen. */
  Sorteren.prototype.restore = function (state) {
    var self = this;
    this.answers = [];
    this.closed = false;
    this.current = 0;
    if (!state || !Array.isArray(state.answers) || state.answers.length > this.cards.length) {
      return;
    }
    if (!state.answers.every(function (id) { return self.pile(id); })) {
      return;
    }
    this.answers = state.answers.slice();
    this.closed = Boolean(state.closed) && this.answers.length === this.cards.length;
    // The card whose explanation was on screen comes back with its explanation.
    this.current = Math.min(Math.max(Number(state.current) || 0, 0), this.answers.length, this.cards.length - 1);
  };

  Sorteren.prototype.getCurrentState = function () {
    return this.answers.length ? { answers: this.answers.slice(), current: this.current, closed: this.closed } : {};
  };

  Sorteren.prototype.getScore = function () {
    var self = this;
    return this.answers.filter(function (id, index) { return self.cards[index].pile === id; }).length;
  };

  Sorteren.prototype.getMaxScore = function () {
    return this.cards.length;
  };

  Sorteren.prototype.getAnswerGiven = function () {
    return this.answers.length > 0;
  };

  Sorteren.prototype.pile = function (id) {
    return this.piles.filter(function (pile) { return pile.id === id; })[0];
  };

  Sorteren.prototype.say = function (name, values) {
    return Object.keys(values || {}).reduce(function (text, key) {
      return text.split("@" + key).join(values[key]);
    }, this.texts[name]);
  };

  // --- screen -----------------------------------------------------------------------------------------------

  function element(tag, className, text) {
    var node = document.createElement(tag);
    if (className) {
      node.className = className;
    }
    if (text !== undefined) {
      node.textContent = text;
    }
    return node;
  }

  function button(className, text, onClick) {
    var node = element("button", className, text);
    node.type = "button";
    node.addEventListener("click", onClick);
    return node;
  }

  Sorteren.prototype.attach = function ($container) {
    var self = this;
    this.root = element("section", "nw-sort");
    this.root.setAttribute("aria-label", this.params.title || "");
    $container.get(0).classList.add("nw-sort-container");
    $container.get(0).append(this.root);
    this.root.addEventListener("keydown", function (event) {
      var pile = /^[1-3]$/.test(event.key) && self.piles[Number(event.key) - 1];
      if (pile && !self.closed && !event.ctrlKey && !event.metaKey && !event.altKey) {
        self.choose(pile);
      }
    });
    if (!this.answers.length) {
      this.setActivityStarted();
    }
    this.draw(false);
  };

  Sorteren.prototype.draw = function (moveFocus) {
    this.root.textContent = "";
    if (this.closed) {
      this.drawClosing();
    } else {
      this.drawCard();
    }
    if (moveFocus) {
      this.root.querySelector("[data-focus]").focus();
    }
    this.trigger("resize");
  };

  Sorteren.prototype.drawCard = function () {
    var card = this.cards[this.current];
    var answered = this.answers.length > this.current;
    this.root.append(element("p", "nw-sort-instruction", this.params.instruction || ""));
    this.root.append(this.progress());
    var paper = element("div", "nw-sort-card");
    var text = element("p", "nw-sort-text", card.text);
    text.tabIndex = -1;
    if (!answered) {
      text.setAttribute("data-focus", "");
    }
    paper.append(text);
    this.root.append(paper);
    this.root.append(answered ? this.explanation(card) : this.choices());
  };

  Sorteren.prototype.progress = function () {
    var total = this.cards.length;
    var holder = element("div", "nw-sort-progress");
    holder.append(element("p", "", this.say("progress", { number: this.current + 1, total: total })));
    var dots = element("div", "nw-sort-dots");
    dots.setAttribute("aria-hidden", "true");
    for (var index = 0; index < total; index += 1) {
      var done = index < this.answers.length;
      dots.append(element("span", done ? "is-done" : index === this.current ? "is-current" : ""));
    }
    holder.append(dots);
    return holder;
  };

  Sorteren.prototype.choices = function () {
    var self = this;
    var group = element("div", "nw-sort-piles");
    var question = element("p", "nw-sort-question", this.texts.choose);
    question.id = "nw-sort-question-" + this.contentId;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", question.id);
    group.append(question);
    this.piles.forEach(function (pile) {
      group.append(button("nw-sort-pile", pile.label, function () { self.choose(pile); }));
    });
    return group;
  };

  Sorteren.prototype.explanation = function (card) {
    var self = this;
    var right = this.answers[this.current] === card.pile;
    var last = this.current === this.cards.length - 1;
    var box = element("div", "nw-sort-feedback " + (right ? "is-right" : "is-other"));
    var verdict = right ? this.texts.right : this.say("wrong", { pile: this.pile(card.pile).label });
    var heading = element("p", "nw-sort-verdict", verdict);
    heading.tabIndex = -1;
    heading.setAttribute("data-focus", "");
    box.append(heading, element("p", "", card.feedback));
    box.append(button("nw-sort-primary", last ? this.texts.finish : this.texts.next, function () { self.advance(); }));
    return box;
  };

  Sorteren.prototype.drawClosing = function () {
    var self = this;
    var heading = element("h2", "nw-sort-score", this.say("score", { score: this.getScore(), total: this.cards.length }));
    heading.tabIndex = -1;
    heading.setAttribute("data-focus", "");
    this.root.append(heading);
    if (this.params.closing) {
      this.root.append(element("p", "nw-sort-closing", this.params.closing));
    }
    this.root.append(button("nw-sort-primary", this.texts.retry, function () { self.resetTask(); }));
    this.root.append(element("h3", "nw-sort-overview", this.texts.overview));
    this.piles.forEach(function (pile) { self.root.append(self.pileOverview(pile)); });
  };

  Sorteren.prototype.pileOverview = function (pile) {
    var self = this;
    var holder = element("div", "nw-sort-stack");
    holder.append(element("h4", "", pile.label));
    var list = element("ul", "");
    this.cards.forEach(function (card, index) {
      if (card.pile === pile.id) {
        var item = element("li", "", card.text);
        if (self.answers[index] !== pile.id) {
          item.append(element("small", "", " " + self.say("yours", { pile: self.pile(self.answers[index]).label })));
        }
        list.append(item);
      }
    });
    holder.append(list);
    return holder;
  };

  // --- what the learner does --------------------------------------------------------------------------------

  Sorteren.prototype.choose = function (pile) {
    if (this.closed || this.answers.length > this.current) {
      return;
    }
    this.setActivityStarted();
    this.answers.push(pile.id);
    this.draw(true);
    this.reportCard(this.current);
    this.keep();
  };

  Sorteren.prototype.advance = function () {
    if (this.current < this.cards.length - 1) {
      this.current += 1;
      this.draw(true);
      this.keep();
      return;
    }
    this.closed = true;
    this.draw(true);
    this.reportCompletion();
    this.keep();
  };

  Sorteren.prototype.resetTask = function () {
    this.answers = [];
    this.current = 0;
    this.closed = false;
    this.activityStartTime = undefined;
    this.setActivityStarted();
    this.draw(true);
    this.keep();
  };

  /** Hand the state over at once: on a phone the page may be gone a second later. */
  Sorteren.prototype.keep = function () {
    window.H5P.setUserData(this.contentId, "state", this.getCurrentState(), { deleteOnChange: true });
  };

  // --- what goes out ----------------------------------------------------------------------------------------

  Sorteren.prototype.reportCard = function (index) {
    var card = this.cards[index];
    var right = this.answers[index] === card.pile;
    var event = this.createXAPIEventTemplate("answered");
    var statement = event.data.statement;
    var root = statement.object.id;
    statement.object = {
      objectType: "Activity",
      id: root + "?subContentId=kaart-" + (index + 1),
      definition: {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        interactionType: "choice",
        name: { "nl-BE": card.text.slice(0, 200) },
        choices: this.piles.map(function (pile) { return { id: pile.id, description: { "nl-BE": pile.label } }; }),
        correctResponsesPattern: [card.pile]
      }
    };
    statement.context = statement.context || {};
    statement.context.contextActivities = statement.context.contextActivities || {};
    statement.context.contextActivities.parent = [{ objectType: "Activity", id: root }];
    statement.result = {
      response: this.answers[index],
      success: right,
      completion: true,
      score: { min: 0, raw: right ? 1 : 0, max: 1, scaled: right ? 1 : 0 }
    };
    this.trigger(event);
  };

  Sorteren.prototype.reportCompletion = function () {
    var event = this.createXAPIEventTemplate("completed");
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    event.data.statement.object.definition = Object.assign(
      { type: "http://adlnet.gov/expapi/activities/assessment", name: { "nl-BE": this.params.title || "" } },
      event.data.statement.object.definition
    );
    this.trigger(event);
  };

  Sorteren.prototype.getXAPIData = function () {
    var event = this.createXAPIEventTemplate("answered");
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, this.closed, this.getScore() === this.getMaxScore());
    return { statement: event.data.statement };
  };

  return Sorteren;
})();
