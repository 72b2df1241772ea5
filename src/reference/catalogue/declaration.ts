import type { ConsentDeclaration, Form, Language } from "./form";

/** The form's declaration in a language. Every form has one in each language. */
export function declarationOf(form: Form, language: Language): ConsentDeclaration {
  const declaration = form.declarations.find((one) => one.language === language);
  if (!declaration) throw new Error(`The form of ${form.product} has no declaration in ${language}.`);
  return declaration;
}
