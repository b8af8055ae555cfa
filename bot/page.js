// Follows a citation to its sentence. Addresses are links "#at-<article>-<start>-<end>", articles
// are "#article-<id>"; the sentences of the article on show carry their offsets. The sentences
// that an answer cites bear its numbers; the one that was followed is marked strongly.
(() => {
  "use strict";

  let active = null; // the answer whose numbers the article bears
  let welcomed = null; // the newest answer that was given the article to mark
  let asked = 0; // how many questions there are
  let away = false; // whether the reader has scrolled away from the newest question
  let followed = null; // the address that was followed last
  let origin = null; // the link that it was followed from, to return to
  let pending = null; // what to do once the article that was asked for is on show

  const WIDE = matchMedia("(min-width: 900px)");
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");

  const addressOf = (link) => {
    const parts = /#at-(.+)-(\d+)-(\d+)$/.exec(link.getAttribute("href") ?? "");
    return parts && { article: parts[1], start: Number(parts[2]), end: Number(parts[3]) };
  };

  const shownArticle = () => document.querySelector("#article-panel [data-article]");

  const sentencesAt = (address) => {
    const article = shownArticle();
    if (!article || article.dataset.article !== address.article) return [];
    return [...article.querySelectorAll(".sentence")].filter(
      (sentence) =>
        Number(sentence.dataset.start) < address.end && Number(sentence.dataset.end) > address.start
    );
  };

  const open = (id) =>
    document.dispatchEvent(new CustomEvent("open-article", { detail: { article: id } }));

  const scrollTo = (element, block = "center") =>
    element.scrollIntoView({ block, behavior: STILL.matches ? "auto" : "smooth" });

  const selectTab = () => {
    const tab = document.querySelector("#article-tab-button");
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  };

  // Gives each sentence that the active answer cites its numbers, and the followed one its mark.
  const mark = () => {
    const article = shownArticle();
    if (!article) return;
    const numbers = new Map();
    for (const link of active?.querySelectorAll("a.citation") ?? []) {
      for (const sentence of sentencesAt(addressOf(link))) {
        const cited = numbers.get(sentence) ?? new Set();
        numbers.set(sentence, cited.add(link.textContent.replace(/\D/g, "")));
      }
    }
    for (const sentence of article.querySelectorAll(".sentence")) {
      const cited = numbers.get(sentence);
      if (cited) sentence.dataset.cited = [...cited].join(", ");
      else delete sentence.dataset.cited;
    }
    const strong = new Set(followed ? sentencesAt(followed) : []);
    for (const sentence of article.querySelectorAll(".sentence")) {
      sentence.classList.toggle("followed", strong.has(sentence));
    }
  };

  const showFollowed = () => {
    mark();
    const [first] = sentencesAt(followed);
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    scrollTo(first);
    back.hidden = WIDE.matches;
  };

  // Acts on an article, opening it first where another one is on show.
  const once = (article, act) => {
    if (shownArticle()?.dataset.article === article) act();
    else {
      pending = { article, act };
      open(article);
    }
  };

  const follow = (link) => {
    followed = addressOf(link);
    origin = link;
    active = link.closest(".answer") ?? active;
    selectTab();
    once(followed.article, showFollowed);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    const href = link?.getAttribute("href") ?? "";
    if (/#at-/.test(href)) {
      event.preventDefault();
      follow(link);
    } else if (/#article(-|s$)/.test(href)) {
      event.preventDefault();
      followed = pending = null;
      selectTab();
      open(href.split("#article")[1].replace(/^-|^s$/, ""));
    }
  });

  // Back to the link that was followed: by Escape, or by a button where the article is below.
  const back = document.createElement("button");
  back.id = "back";
  back.type = "button";
  back.textContent = "Back to the answer";
  back.hidden = true;
  document.body.append(back);

  const goBack = () => {
    back.hidden = true;
    if (!origin?.isConnected) return;
    origin.focus({ preventScroll: true });
    scrollTo(origin);
  };

  back.addEventListener("click", goBack);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement?.closest("#article-panel")) goBack();
  });

  // A new question moves as far to the top as its growing answer allows, so that the answer is
  // read from its beginning; not against the reader, who may scroll away meanwhile.
  const welcomeQuestion = () => {
    const questions = document.querySelectorAll("#conversation .asked");
    if (questions.length > asked) {
      away = false;
      back.hidden = true;
    }
    asked = questions.length;
    if (asked > 0 && !away) scrollTo(questions[asked - 1], "start");
  };

  // A finished answer brings its numbers into the article, which comes into view at its first.
  const welcomeAnswer = () => {
    const answers = [...document.querySelectorAll("#conversation .answer")];
    const last = answers.at(-1) ?? null;
    document
      .querySelector("#conversation [role=log]")
      ?.setAttribute("aria-busy", String(last?.classList.contains("waiting") ?? false));
    if (last === welcomed) return;
    welcomeQuestion();
    if (last?.classList.contains("waiting")) return;
    active = welcomed = last;
    followed = null;
    mark();
    const first = last?.querySelector("a.citation");
    if (!first) return;
    const address = addressOf(first);
    once(address.article, () => {
      mark();
      const [sentence] = sentencesAt(address);
      if (sentence && WIDE.matches) scrollTo(sentence);
    });
  };

  const welcomeArticle = () => {
    const due = pending;
    if (due && shownArticle()?.dataset.article === due.article) {
      pending = null;
      due.act();
    } else mark();
  };

  const watch = () => {
    const conversation = document.querySelector("#conversation");
    const panel = document.querySelector("#article-panel");
    if (!conversation || !panel) return false;
    for (const kind of ["wheel", "touchmove", "pointerdown"]) {
      document.addEventListener(kind, () => (away = true), { passive: true });
    }
    const changes = { childList: true, subtree: true, characterData: true };
    new MutationObserver(welcomeAnswer).observe(conversation, changes);
    new MutationObserver(welcomeArticle).observe(panel, changes);
    return true;
  };

  // Gradio builds the page after this script has run.
  const waiting = setInterval(() => watch() && clearInterval(waiting), 50);
})();
