/**
 * Where a time lies among the places of others, in proportion to the time between them; before the first and after the last their places.
 *
 * @param times ascending, ISO-8601
 * @param places one a time
 */
export function placeOfTime(times: readonly string[], places: readonly number[], time: string): number {
  const wanted = Date.parse(time);
  const after = times.findIndex((one) => Date.parse(one) >= wanted);
  if (after < 0) return places.at(-1)!;
  if (after === 0) return places[0]!;
  const [from, to] = [Date.parse(times[after - 1]!), Date.parse(times[after]!)];
  return places[after - 1]! + ((wanted - from) / (to - from)) * (places[after]! - places[after - 1]!);
}
