import { join } from 'node:path';
import type { Answer } from '../test/research-harness';
import { useResearch } from '../test/use-research';
import { numberPlaces, type NumberPlace } from '../../../libs/testing/src/documents/number-places';

/** Ids in a path lead to nothing: what is wrong with the body comes first. */
const NOTHING = '018f3c1e-7b1a-7000-8000-00000000dead';
/** What JSON cannot say, as senders write it all the same. */
const INFINITE = ['1e999', '-1e999'];
const TEXTS = ['"NaN"', '"Infinity"', '"-Infinity"', '"nan"'];

describe('a number that is none, wherever a body of the research service takes one', () => {
  const research = useResearch({ worker: false });
  const sql = () => research.sql;

  async function digest(): Promise<string> {
    const { rows } = await sql().query(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('research', 'market') OR (table_schema, table_name) = ('ops', 'job') ORDER BY 1`,
    );
    const counts: string[] = [];
    for (const { name } of rows) {
      const found = await sql().query(`SELECT count(*) AS n FROM ${name}`);
      counts.push(`${name} ${found.rows[0].n}`);
    }
    return counts.join();
  }

  const places = numberPlaces(join(__dirname, '../../../docs/openapi/research.json'));

  async function refusalOf({ method, path, bodyWith }: NumberPlace, number: string): Promise<Answer> {
    const url = path.replaceAll(/\{\w+\}/g, NOTHING);
    return research.api.send(method, url.replace(/^\/api/, ''), bodyWith(number), {
      'content-type': 'application/json',
      'if-match': '"1"',
    });
  }

  it('is found in documents that are read', () => expect(places.length).toBeGreaterThan(100));

  it('is refused by its name where it is infinite', async () => {
    const before = await digest();
    for (const place of places)
      for (const number of INFINITE) {
        const { status, body } = await refusalOf(place, number);
        const refused = [place.method, place.path, status, body.code, body.errors?.[0]?.field];
        expect(refused).toEqual([place.method, place.path, 422, 'validation_failed', place.field]);
      }
    expect(await digest()).toBe(before);
  });

  it('is refused by its name where it is a text', async () => {
    const before = await digest();
    const accepted: unknown[] = [];
    for (const place of places.filter(({ takesText }) => !takesText))
      for (const number of TEXTS) {
        const { status, body } = await refusalOf(place, number);
        // a list of numbers is refused as a whole
        const names = [place.field, place.field.replace(/\[0\]$/, '')];
        const isNamed = (body.errors ?? []).some(({ field }: { field: string }) => names.includes(field));
        if (status !== 422 || !isNamed) accepted.push([place.method, place.path, place.field, number, status]);
      }
    expect(accepted).toEqual([]);
    expect(await digest()).toBe(before);
  });
});
