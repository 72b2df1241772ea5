import { browserLanguage } from "../shared/language.mjs";

/** The frame of both pages for suppliers. `view(words)` returns what it shows. */
export function frame(languages, view) {
  const [content, status, title, switcher] = ["content", "status", "title", "language"].map((id) =>
    document.getElementById(id),
  );
  let words = languages[browserLanguage()];
  let announcement = () => "";
  const draw = () => {
    document.documentElement.lang = words.locale.slice(0, 2);
    document.title = `${words.title} – CarAtlas`;
    title.textContent = words.title;
    status.textContent = announcement(words);
    switcher.textContent = words.otherLanguage.name;
    switcher.lang = words.otherLanguage.code;
    switcher.hidden = false;
    const { busy, children } = view(words);
    content.setAttribute("aria-busy", String(busy));
    content.replaceChildren(...children);
  };
  switcher.addEventListener("click", () => {
    words = languages[words.otherLanguage.code];
    draw();
  });
  return (says = () => "") => {
    announcement = says;
    draw();
    if (status.textContent !== "") status.focus();
  };
}
