// 听讼: conveniences. Every page works without this file; nothing here decides anything.
"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const typing = (el) => el instanceof HTMLElement && (el.isContentEditable
    || /^(TEXTAREA|SELECT)$/.test(el.tagName)
    || (el.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset|file)$/.test(el.type)));
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const later = (wait, work) => {
    let timer;
    const run = (...args) => { clearTimeout(timer); timer = setTimeout(() => work(...args), wait); };
    run.cancel = () => clearTimeout(timer);
    return run;
  };

  // -- keyboard: / search, g + letter to go, n new registration, j k Enter in lists, ? all of them

  let going = 0;
  const commands = {
    "/": () => { const box = one("main [data-search]") || one("[data-search]"); if (box) { box.focus(); box.select(); return true; } },
    "n": () => { const href = document.body.dataset.new; if (href) { location.assign(href); return true; } },
    "?": () => { showShortcuts(); return true; },
    "j": () => step(1),
    "k": () => step(-1),
    "o": () => open(one("tr.here")),
  };

  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.defaultPrevented) return;
    if (event.key === "Escape") all("details.person[open]").forEach((menu) => { menu.open = false; one("summary", menu).focus(); });
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (Date.now() - going < 1500) {
      going = 0;
      const link = all("a[data-key]").find((a) => a.dataset.key === event.key.toLowerCase());
      if (link) { event.preventDefault(); location.assign(link.href); }
      return;
    }
    if (event.key === "g") { going = Date.now(); return; }
    if (event.key === "Enter" && event.target === document.body) { if (open(one("tr.here"))) event.preventDefault(); return; }
    const pressed = all("[data-press]").find((el) => el.dataset.press === event.key);
    if (pressed) { event.preventDefault(); press(pressed); return; }
    const command = commands[event.key];
    if (command && command()) event.preventDefault();
  });

  // What a key presses; where it needs a line of text first, that is asked for, and Enter then presses it.
  const press = (el) => {
    const line = el.dataset.needs && document.getElementById(el.dataset.needs);
    if (!line || line.value.trim()) { el.click(); return; }
    line.dataset.then = el.dataset.press;
    line.focus();
  };
  document.addEventListener("keydown", (event) => {
    const line = event.target;
    if (!(line instanceof HTMLInputElement) || composing(event) || !all("[data-needs]").some((el) => el.dataset.needs === line.id)) return;
    if (event.key === "Escape") { delete line.dataset.then; line.blur(); }
    const then = event.key === "Enter" && line.dataset.then && one(`[data-press="${CSS.escape(line.dataset.then)}"]`);
    if (then) { event.preventDefault(); press(then); }
  });

  const step = (by) => {
    const rows = all("[data-rows] tbody tr");
    if (!rows.length) return false;
    const at = rows.findIndex((row) => row.classList.contains("here"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
    rows.forEach((row) => row.classList.toggle("here", row === next));
    next.scrollIntoView({ block: "nearest" });
    const link = one("a", next);
    if (link) link.focus({ preventScroll: true });
    return true;
  };
  const open = (row) => {
    if (!row || !row.dataset.href) return false;
    location.assign(row.dataset.href);
    return true;
  };
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, select, label, summary") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener"); else open(row);
  });

  all("[data-tick-all]").forEach((head) => {
    const boxes = all("td.tick input", head.closest("table"));
    if (!boxes.length) return;
    const every = Object.assign(document.createElement("input"), { type: "checkbox" });
    every.setAttribute("aria-label", "全选本页");
    head.replaceChildren(every);
    const button = one(`[data-ticked-of="${boxes[0].getAttribute("form")}"]`);
    const words = button && button.textContent;
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      every.checked = ticked === boxes.length;
      every.indeterminate = ticked > 0 && ticked < boxes.length;
      if (button) button.textContent = ticked ? `${words}（${ticked} 件）` : words;
    };
    every.addEventListener("change", () => { boxes.forEach((box) => { box.checked = every.checked; }); tell(); });
    boxes.forEach((box) => box.addEventListener("change", tell));
    tell();
  });

  const showShortcuts = () => {
    let box = one("dialog[data-keys]");
    if (!box) {
      const keys = [["/", "到搜索框"], ["j　k", "在列表中下移、上移"], ["Enter", "打开选中的一行；在登记表中移到下一项"],
        ["Ctrl + Enter", "提交正在填写的表单"], ["↓　↑", "从搜索框进入结果，在结果间移动"], ["Esc", "关闭菜单或本窗口"], ["?", "显示本窗口"]];
      if (document.body.dataset.new) keys.splice(1, 0, ["n", "新登记"]);
      all("[data-press]").forEach((el) => keys.push([el.dataset.press, el.lastChild.textContent.trim() || el.textContent.trim()]));
      all("a[data-key]").forEach((a) => keys.push([`g　${a.dataset.key}`, `去“${a.firstChild.textContent.trim()}”`]));
      box = document.createElement("dialog");
      box.dataset.keys = "";
      box.setAttribute("aria-labelledby", "keys-title");
      const title = document.createElement("h2");
      title.id = "keys-title";
      title.textContent = "快捷键";
      const list = document.createElement("dl");
      keys.forEach(([key, what]) => {
        const term = document.createElement("dt"), meaning = document.createElement("dd");
        key.split("　").forEach((part, n) => {
          if (n) term.append(" ");
          term.append(Object.assign(document.createElement("kbd"), { textContent: part }));
        });
        meaning.textContent = what;
        list.append(term, meaning);
      });
      const close = Object.assign(document.createElement("button"), { type: "button", textContent: "关闭" });
      close.addEventListener("click", () => box.close());
      box.append(title, list, close);
      document.body.append(box);
    }
    box.showModal();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) showShortcuts();
    all("details.person[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // -- forms: Enter moves on, Ctrl+Enter submits

  const stops = (form) => Array.from(form.elements).filter((el) => !el.disabled && el.type !== "hidden" && el.tagName !== "FIELDSET"
    && el.tabIndex >= 0 && (el.checkVisibility ? el.checkVisibility() : el.offsetParent !== null)
    && (el.type !== "radio" || el.checked || !one(`input[name="${CSS.escape(el.name)}"]:checked`, form)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event) || event.defaultPrevented) return;
    const el = event.target, form = el.form;
    if (!form) return;
    if (event.ctrlKey || event.metaKey) { event.preventDefault(); form.requestSubmit(); return; }
    const moves = form.dataset.enter === "next" && (typing(el) || /^(checkbox|radio)$/.test(el.type)) && el.tagName !== "TEXTAREA";
    if (!moves || "search" in el.dataset) return;
    event.preventDefault();
    const list = stops(form);
    const sameGroup = (other) => el.type === "radio" && other.name === el.name && other.type === "radio";
    const next = list.slice(list.indexOf(el) + 1).find((other) => !sameGroup(other) && !("skip" in other.dataset));
    if (next) { next.focus(); if (next.select && typing(next)) next.select(); }
  });

  // -- forms: sent once

  const buttons = (form) => Array.from(form.elements).filter((el) => el.type === "submit");
  const release = (form) => {
    delete form.dataset.sent;
    buttons(form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.guard === "off") return;
    if ("sent" in form.dataset) { event.preventDefault(); return; }
    form.dataset.sent = "";
    buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    // An answer that is a download leaves the page standing: let it be used again.
    setTimeout(() => release(form), 10000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));

  // -- forms: what was typed is not lost

  const dirty = new Set();
  const plain = (form) => {
    const data = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (typeof value === "string") data.append(name, value); });
    return data;
  };
  const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const keep = async (form) => {
    const state = one("[data-draft-state]", form);
    const say = (words) => { if (state) state.textContent = words; };
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: plain(form), redirect: "manual", keepalive: true });
      if (answer.ok) { dirty.delete(form); say(`草稿已保存 ${clock()}`); }
      else if (answer.type === "opaqueredirect" || answer.status === 401) say("登录已过期，最后几个字还没有存入草稿。请在新窗口登录后，回到这里继续。");
      else say("草稿暂时没有存上，稍后会再试。");
    } catch { say("草稿暂时没有存上：连不上服务器，稍后会再试。"); }
  };
  all("form[data-unsaved], form[data-draft-url]").forEach((form) => {
    const keepSoon = form.dataset.draftUrl ? later(1200, () => keep(form)) : null;
    const changed = (event) => {
      if ("search" in event.target.dataset) return;
      if ("unsaved" in form.dataset || keepSoon) dirty.add(form);
      if (keepSoon) keepSoon();
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", () => { dirty.delete(form); if (keepSoon) keepSoon.cancel(); });
    document.addEventListener("visibilitychange", () => {
      if (keepSoon && document.visibilityState === "hidden" && dirty.has(form)) { keepSoon.cancel(); keep(form); }
    });
  });
  window.addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });

  // -- fragments that follow what is typed

  const live = (field) => {
    const target = document.getElementById(field.dataset.liveTarget);
    if (!target) return;
    if (!target.hasAttribute("aria-live")) target.setAttribute("aria-live", "polite");
    let running = null, last = null;
    const ask = async () => {
      const names = (field.dataset.liveFields || "").split(" ").filter(Boolean);
      const data = field.form ? plain(field.form) : new URLSearchParams([[field.name, field.value]]);
      if (names.length) Array.from(new Set(data.keys())).forEach((name) => { if (name !== "csrf" && !names.includes(name)) data.delete(name); });
      const body = data.toString();
      if (body === last) return;
      last = body;
      if (running) running.abort();
      const mine = running = new AbortController();
      target.dataset.liveBusy = "";
      try {
        const answer = await fetch(field.dataset.liveUrl, { method: "POST", body: data, redirect: "manual", signal: mine.signal });
        if (answer.ok) { target.innerHTML = await answer.text(); prepare(target); } else last = null;
      } catch { if (running === mine) last = null; }
      if (running === mine) delete target.dataset.liveBusy;
    };
    const soon = later(150, ask);
    field.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
    field.addEventListener("change", soon);
    field.addEventListener("compositionend", soon);
  };
  // Arrows lead from the box into what was found, and through it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const box = event.target.closest && event.target.closest("input[data-live-target]");
    const target = box ? document.getElementById(box.dataset.liveTarget) : event.target.closest && event.target.closest("[data-live-busy], [aria-live]");
    if (!target) return;
    const links = all("a[href], button", target);
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    if (box ? event.key === "ArrowDown" : at >= 0) {
      event.preventDefault();
      const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus();
      else if (at === 0) { const from = one(`input[data-live-target="${CSS.escape(target.id)}"]`); if (from) from.focus(); }
    }
  });

  // -- rows of a form that can be repeated

  const renumber = (group) => {
    const rows = all("[data-repeat-row]", group);
    rows.forEach((row, n) => {
      all("[id], [for], [aria-describedby], [list]", row).forEach((el) => {
        ["id", "for", "aria-describedby"].forEach((name) => {
          const old = el.getAttribute(name);
          if (old) el.setAttribute(name, old.split(" ").map((id) => id.replace(/^(f-.*?)-\d+((?:--\d+)?(?:-hint|-wrong)?)$/, `$1-${n}$2`)).join(" "));
        });
      });
      all("[name]", row).forEach((el) => { el.name = el.name.replace(/\.\d+$/, `.${n}`); });
      all("[data-row-value]", row).forEach((el) => { el.value = el.value.replace(/^\d+:/, `${n}:`); });
      all("[data-repeat-number]", row).forEach((el) => { el.textContent = n + 1; });
      all("[data-repeat-remove]", row).forEach((el) => { el.hidden = rows.length === 1; el.value = el.value.replace(/\d+$/, n); });
    });
    const add = one("[data-repeat-add]", group);
    if (add && group.dataset.repeatMax) add.hidden = rows.length >= Number(group.dataset.repeatMax);
  };
  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-repeat-add]"), remove = event.target.closest("[data-repeat-remove]");
    const group = (add || remove) && event.target.closest("[data-repeat]");
    if (!group) return;
    event.preventDefault();
    const rows = all("[data-repeat-row]", group);
    if (add) {
      const model = one("template[data-repeat-template]", group);
      const row = model ? model.content.firstElementChild.cloneNode(true) : rows[rows.length - 1].cloneNode(true);
      all(".wrong, [data-repeat-once]", row).forEach((el) => el.remove());
      all(".is-wrong", row).forEach((el) => el.classList.remove("is-wrong"));
      all("[aria-invalid]", row).forEach((el) => el.removeAttribute("aria-invalid"));
      if (!model) all("input, select, textarea", row).forEach((el) => {
        if (/^(checkbox|radio)$/.test(el.type)) el.checked = false;
        else if (el.tagName === "SELECT") el.selectedIndex = 0;
        else if (el.type !== "hidden" || "repeatClear" in el.dataset) el.value = "";
      });
      all("[data-repeat-clear]:not(input)", row).forEach((el) => el.replaceChildren());
      if (rows.length) rows[rows.length - 1].after(row); else group.prepend(row);
      renumber(group);
      prepare(row);
      const first = one("input:not([type=hidden]), select, textarea", row);
      if (first) first.focus();
    } else if (rows.length > 1) {
      const row = remove.closest("[data-repeat-row]");
      const near = row.nextElementSibling && row.nextElementSibling.matches("[data-repeat-row]") ? row.nextElementSibling : row.previousElementSibling;
      row.remove();
      renumber(group);
      const first = one("input:not([type=hidden]), select, textarea", near);
      if (first) first.focus();
    }
    group.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // -- work that goes on: its part of the page is drawn anew until it has ended

  const follow = (part) => setTimeout(async () => {
    if (document.visibilityState !== "hidden") {
      try {
        const answer = await fetch(location.pathname, { redirect: "manual" });
        const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page && page.getElementById(part.id);
        if (!fresh || !("follow" in fresh.dataset)) { location.reload(); return; }
        part.replaceChildren(...fresh.childNodes);
      } catch { /* the server is away for a moment: it goes on where it stood */ }
    }
    follow(part);
  }, 2000);

  // -- days and times: what was understood is shown, and a calendar can be opened

  const numbers = (text) => text.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xFEE0)).match(/\d+/g) || [];
  const plainDay = (parts) => {
    if (parts[0] && /^(\d{8}|\d{12})$/.test(parts[0])) parts.splice(0, 1, parts[0].slice(0, 4), parts[0].slice(4, 6), parts[0].slice(6, 8), ...(parts[0].length > 8 ? [parts[0].slice(8)] : []));
    return parts.length >= 3 && parts[0].length === 4 ? [parts[0], parts[1].padStart(2, "0"), parts[2].padStart(2, "0")].join("-") : null;
  };
  const dated = (field) => {
    if (field.dataset.moment === "time") return;
    field.addEventListener("change", () => {
      const parts = numbers(field.value), day = plainDay(parts);
      if (day && field.dataset.moment === "date" && parts.length === 3) field.value = day;
    });
    const native = document.createElement("input");
    if (!native.showPicker || (field.nextElementSibling && field.nextElementSibling.classList.contains("pick"))) return;
    Object.assign(native, { type: "date", tabIndex: -1, className: "pick-native" });
    native.setAttribute("aria-hidden", "true");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pick", textContent: "历" });
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    button.setAttribute("aria-label", `${label ? label.firstChild.textContent : ""}：从日历中选`);
    button.dataset.skip = "";
    button.addEventListener("click", () => {
      const day = plainDay(numbers(field.value));
      if (day) native.value = day;
      native.showPicker();
    });
    native.addEventListener("change", (event) => {
      event.stopPropagation();
      const time = field.dataset.moment === "moment" ? ` ${(field.value.match(/\d{1,2}[:：]\d{2}$/) || ["09:00"])[0]}` : "";
      field.value = native.value + time;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    native.addEventListener("input", (event) => event.stopPropagation());
    field.after(button, native);
  };

  // -- files dropped or pasted

  const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  const show = (zone) => {
    const list = one("[data-chosen]", zone), input = one("input[type=file]", zone);
    if (list) list.replaceChildren(...Array.from(input.files).map((file) => Object.assign(document.createElement("li"), { textContent: `${file.name}（${size(file.size)}）` })));
  };
  const put = (zone, files) => {
    const input = one("input[type=file]", zone), kept = new DataTransfer();
    if (input.multiple) Array.from(input.files).forEach((file) => kept.items.add(file));
    Array.from(files).slice(0, input.multiple ? undefined : 1).forEach((file) => kept.items.add(file));
    input.files = kept.files;
    const fold = zone.closest("details");
    if (fold) fold.open = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const drop = (zone) => {
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("over"); put(zone, event.dataTransfer.files); });
    zone.addEventListener("change", () => show(zone));
  };
  document.addEventListener("paste", (event) => {
    const files = event.clipboardData ? event.clipboardData.files : [];
    const zone = document.activeElement.closest("[data-drop]") || all("[data-drop]").pop();
    if (files.length && zone) { event.preventDefault(); put(zone, files); }
  });

  // -- small things

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-back]")) history.back();
  });
  window.addEventListener("load", () => { if (one("[data-autoprint]")) window.print(); });

  const prepare = (root) => {
    all("[data-live-url]", root).forEach(live);
    all("[data-drop]", root).forEach(drop);
    all("input[data-moment]", root).forEach(dated);
    all("[data-repeat]", root).forEach(renumber);
    all("[data-back], [data-shortcuts]", root).forEach((el) => { el.hidden = false; });
  };
  prepare(document);
  all("[data-follow]").forEach(follow);
  const wrong = one("[data-complaints]");
  if (wrong) wrong.focus();
})();
