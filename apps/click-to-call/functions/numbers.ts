// Telephone numbers as people type them. Page and function share this file: the page to say at once what is wrong, the
// function because a page can be forged.

/** Numbers that cost more than a call: +1-900 and +1-976, and parts of +1 that are other countries' premium ground. */
const EXCLUDED = /^\+1(900|976|268|284|473|649|664|767|809|829|849|876)/;

/** What is wrong with a number. */
export type NumberFault = "empty" | "letters" | "short" | "long" | "area" | "excluded";

export type ParsedNumber = { e164: string } | { fault: NumberFault };

/** Reads a number: separators go, ten digits without a country belong to `country`, all else names its country. */
export function parseNumber(typed: string, country = "1"): ParsedNumber {
  const text = typed.trim();
  if (text === "") return { fault: "empty" };
  if (!/^\+?[\d\s().\-\/]+$/.test(text)) return { fault: "letters" };
  let digits = text.replace(/\D/g, "");
  // 00 is how much of the world writes +.
  const international = text.startsWith("+") || text.startsWith("00");
  if (!text.startsWith("+") && text.startsWith("00")) digits = digits.slice(2);
  if (!international && digits.length === 10) digits = country + digits;
  if (digits.length < 8) return { fault: "short" };
  if (digits.length > 15) return { fault: "long" };
  // Area codes of the North American plan begin with 2 to 9, and its numbers have eleven digits.
  if (digits.startsWith("1")) {
    if (digits.length < 11) return { fault: "short" };
    if (digits.length > 11) return { fault: "long" };
    if (!/^1[2-9]/.test(digits)) return { fault: "area" };
  }
  if (digits.startsWith("0")) return { fault: "area" };
  const e164 = `+${digits}`;
  return EXCLUDED.test(e164) ? { fault: "excluded" } : { e164 };
}

/** A sentence for the person who typed it. */
export const FAULTS: Record<NumberFault, string> = {
  empty: "Enter a telephone number.",
  letters: "A telephone number has digits only.",
  short: "This number is too short.",
  long: "This number is too long.",
  area: "No number begins like this.",
  excluded: "Calls to this kind of number are not allowed.",
};

/** A number as people read it. */
export function readable(e164: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return american ? `+1 (${american[1]}) ${american[2]}-${american[3]}` : e164.replace(/^(\+\d{2})(\d{3})(\d+)$/, "$1 $2 $3");
}
