/** The languages in which people read CarAtlas. Words of one meaning are kept together, so that none is missing. */
export type Language = "FR" | "EN";

/** The same words in every language. */
export type Words = Readonly<Record<Language, string>>;
