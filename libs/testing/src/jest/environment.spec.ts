import { compileFunction, createContext, runInContext, type Context } from 'node:vm';

const run = (source: string, context: Context, parameters: string[] = [], ...values: unknown[]): unknown =>
  (
    compileFunction(source, parameters, { filename: '/made/one.js', parsingContext: context }) as (
      ...of: unknown[]
    ) => unknown
  )(...values);

describe('a file that a worker has compiled for another suite', () => {
  it('makes functions, objects and modules of its own in every context', () => {
    const source = 'let count = 0; const counter = () => ++count; return { counter, list: [] };';
    const [one, two] = [createContext(), createContext()];
    const [a, b, c] = [one, one, two].map((context) => run(source, context) as { counter(): number; list: unknown });
    expect([a!.counter(), a!.counter(), b!.counter(), c!.counter()]).toEqual([1, 2, 1, 1]);
    expect(c!.list).toBeInstanceOf(runInContext('Array', two));
    expect(c!.list).not.toBeInstanceOf(runInContext('Array', one));
  });

  it('is compiled again when its text is another', () => {
    const context = createContext();
    expect(['return 1', 'return 2', 'return 1'].map((source) => run(source, context))).toEqual([1, 2, 1]);
  });

  it('has the language of its context, and may name its own things as the language does', () => {
    const context = createContext({ given: 7 });
    expect(run('return Math', context)).toBe(runInContext('Math', context));
    expect(run('class Map {} const NaN = given; return [new Map() instanceof Map, NaN]', context)).toEqual([true, 7]);
    expect(run('"use strict"; return [this, Number]', context, ['Number'], 3)).toEqual([undefined, 3]);
  });

  it('keeps its places in stack traces', () => {
    const thrown = (source: string): string => {
      try {
        run(source, createContext());
      } catch (error) {
        return /one\.js:\d+:\d+/.exec((error as Error).stack!)![0];
      }
      return 'nothing';
    };
    expect([thrown('throw new Error("x")'), thrown('\n  throw new Error("x")')]).toEqual(['one.js:1:7', 'one.js:2:9']);
  });
});
