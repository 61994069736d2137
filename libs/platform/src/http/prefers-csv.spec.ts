import { prefersCsv } from './prefers-csv';

describe('prefersCsv', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['text/csv', true],
    ['TEXT/CSV; charset=utf-8', true],
    ['text/*', true],
    ['text/csv, */*', true],
    ['text/csv, application/json', true],
    ['application/json, text/csv', false],
    ['application/json;q=0.5, text/csv', true],
    ['text/csv;q=0.4, application/json;q=0.9', false],
    ['text/csv;q=0.4, */*;q=0.9', false],
    ['text/csv;q=0', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
  ])('Accept: %s: %s', (accept, csv) => {
    expect(prefersCsv(accept)).toBe(csv);
  });
});
