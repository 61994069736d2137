import { setTimeout as sleep } from 'node:timers/promises';
import { streamJson } from './stream-answer';

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

describe('an answer that is written row by row', () => {
  it('is the same from rows that are read in batches', async () => {
    const rows = Array.from({ length: 1_001 }, (_, i) => ({ i }));
    async function* batches(): AsyncGenerator<object[]> {
      yield rows.slice(0, 1);
      yield [];
      yield Promise.resolve(rows.slice(1));
    }
    expect(JSON.parse(await textOf(streamJson({}, 'items', batches()).getStream()))).toEqual({ items: rows });
  });

  it('is the JSON that its parts are', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ i, text: 'ü"'.repeat(5) }));
    const text = await textOf(streamJson({ a: 1, gone: undefined, b: { c: null } }, 'items', rows).getStream());
    expect(JSON.parse(text)).toEqual({ a: 1, b: { c: null }, items: rows });
    expect(JSON.parse(await textOf(streamJson({}, 'rows', []).getStream()))).toEqual({ rows: [] });
  });

  it('asks for no more rows than are read', async () => {
    let made = 0;
    function* endless(): Generator<object> {
      for (;;) yield { n: (made += 1), text: 'x'.repeat(1_000) };
    }
    const stream = streamJson({}, 'items', endless()).getStream();
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.read();
    await sleep(20);
    expect(made).toBeLessThan(1_000);
    stream.destroy();
  });
});
