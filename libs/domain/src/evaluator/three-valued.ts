/** Kleene's logic over these codes: a missing operand makes a comparison unknown, and unknown is not false. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** False as soon as one is false, else unknown as soon as one is unknown. */
export function allOf(values: ArrayLike<number>, from: number, to: number): number {
  let result = TRUE;
  for (let i = from; i < to; i++) {
    if (values[i] === FALSE) return FALSE;
    if (values[i] === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/** True as soon as one is true, else unknown as soon as one is unknown. */
export function anyOf(values: ArrayLike<number>, from: number, to: number): number {
  let result = FALSE;
  for (let i = from; i < to; i++) {
    if (values[i] === TRUE) return TRUE;
    if (values[i] === UNKNOWN) result = UNKNOWN;
  }
  return result;
}
