/** All times of rising columns, each once, rising. Columns that are alike cost a comparison each. */
export function unionOfTimes(columns: readonly Float64Array[]): Float64Array {
  let all: Float64Array = new Float64Array(0);
  for (const column of columns) if (!isWithin(column, all)) all = merged(all, column);
  return all;
}

function isWithin(column: Float64Array, all: Float64Array): boolean {
  for (let k = 0, at = 0; k < column.length; k++, at++) {
    while (at < all.length && all[at] < column[k]) at++;
    if (all[at] !== column[k]) return false;
  }
  return true;
}

function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    if (i < a.length && a[i] === next) i++;
    if (j < b.length && b[j] === next) j++;
    all[count++] = next;
  }
  return all.slice(0, count);
}
