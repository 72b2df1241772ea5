export type * from "./endpoint";
export type * from "./sender";
