/** A count with its noun, and verb, in the number that goes with it: `1 bar moves`, `2 bars move`. */
export const inNumber = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
