import type { DomainError } from '@assay/primitives';
import { readActions } from './read-actions';

const problems = (text: string): unknown[] => {
  try {
    readActions(text);
  } catch (error) {
    return (error as DomainError).errors!.map(({ field, rule, value }) => [field, rule, value]);
  }
  return [];
};

describe('a file of corporate actions', () => {
  const split = { exDate: '2020-08-31', kind: 'split', value: 4, availableAtMs: null };

  it('is read from CSV in any order of columns, the same line twice once', () => {
    const text =
      '\uFEFFkind,Date,value,available_at\r\nsplit,2020-08-31,4,\r\nsplit,2020-08-31,4,\r\n\r\ndividend,2020-11-06,.205,2020-10-29T20:30:00Z\r\n';
    const paid = { exDate: '2020-11-06', kind: 'dividend', value: 0.205, availableAtMs: Date.UTC(2020, 9, 29, 20, 30) };
    expect(readActions(text)).toEqual([split, paid]);
  });

  it('is read from JSON', () => {
    expect(readActions('[{"ex_date": "2020-08-31", "kind": "split", "value": 4}]')).toEqual([split]);
  });

  it.each([
    ['date,kind,value\n2020-02-30,split,2', ['lines[2].date', 'date', '2020-02-30']],
    ['ex_date,kind,value\n2020-01-02,merger,2', ['lines[2].kind', 'enum', 'merger']],
    ['date,kind,value\n2020-01-02,split,0', ['lines[2].value', 'ratio', 0]],
    ['date,kind,value\n2020-01-02,split,-2', ['lines[2].value', 'ratio', -2]],
    ['date,kind,value\n2020-01-02,split,1', ['lines[2].value', 'ratio', 1]],
    ['date,kind,value\n2020-01-02,split,4:1', ['lines[2].value', 'number', '4:1']],
    ['date,kind,value\n2020-01-02,dividend,0', ['lines[2].value', 'amount', 0]],
    ['date,kind,value\n2020-01-02,dividend,', ['lines[2].value', 'number', null]],
    [
      'date,kind,value,available_at\n2020-01-02,dividend,1,2020-01-01',
      ['lines[2].available_at', 'date_time', '2020-01-01'],
    ],
    ['date,kind,value\n2020-01-02,split,2\n2020-01-02,split,3', ['lines[3].date', 'unique', '2020-01-02']],
    ['date,kind,value\n2020-01-02,split', ['lines[2]', 'cells', 2]],
    ['date,value\n2020-01-02,2', ['header.kind', 'required', 'date,value']],
    ['date,ex_date,kind,value\n', ['header.date', 'required', 'date,ex_date,kind,value']],
    ['date,kind,value,note\n', ['header.note', 'unknown_field', 'note']],
    ['date,kind,value\n', ['content', 'rows', 0]],
    ['', ['header.date', 'required', '']],
    ['[', ['content', 'json', null]],
    ['{}', ['content', 'array', null]],
    ['[3]', ['actions[0]', 'object', 3]],
    ['[{"date": "2020-01-02", "kind": "split", "value": "2"}]', ['actions[0].value', 'number', '2']],
  ])('that says %j is refused', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });
});
