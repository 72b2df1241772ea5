/** The first of our languages that the browser prefers; otherwise French. The choice of a language is not stored. */
export function browserLanguage(preferred = navigator.languages) {
  const codes = preferred.map((tag) => tag.toLowerCase().split("-")[0]);
  return codes.find((code) => code === "fr" || code === "en") ?? "fr";
}
