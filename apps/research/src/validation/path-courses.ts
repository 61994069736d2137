/** The equity of CPCV paths at some of the scored bars, for drawing. */
export interface PathCourses {
  /** ISO-8601, open times of the bars; the last scored bar is always among them. */
  times: string[];
  /** A list a path: the value of 1 at the start after the bar of each time. */
  equity: number[][];
}

/** Most bars that are kept: more than a picture has room for would only lengthen every answer. */
const MOST_BARS = 250;

/**
 * Courses of the paths, compounded from 1 over every scored bar and kept at evenly spaced ones.
 *
 * @param returns a path each, one simple return per scored bar
 * @param first   index of the first scored bar
 * @param time    open time of a bar as text
 */
export function pathCourses(
  returns: readonly Float64Array[],
  first: number,
  time: (bar: number) => string,
): PathCourses {
  const bars = returns[0]?.length ?? 0;
  const step = Math.max(1, Math.ceil(bars / MOST_BARS));
  const kept: number[] = [];
  for (let bar = (bars - 1) % step; bar < bars; bar += step) kept.push(bar);
  const equity = returns.map((path) => {
    const course: number[] = [];
    let value = 1;
    for (let bar = 0; bar < bars; bar++) {
      value *= 1 + path[bar]!;
      if (bar % step === (bars - 1) % step) course.push(value);
    }
    return course;
  });
  return { times: kept.map((bar) => time(first + bar)), equity };
}
