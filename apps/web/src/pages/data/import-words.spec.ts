import { ApiProblem } from '../../api/problem';
import { importProblem, importWords } from './import-words';

describe('what an import was refused for', () => {
  it.each([
    [
      'daily bars must lie on sessions of the market US, 1 of 3 do not: 2024-01-06 (Saturday, line 3); mend their dates, the zone or the market, or state outside_sessions drop or keep',
      'daily bars must lie on sessions of the market US, 1 of 3 do not: 2024-01-06 (Saturday, line 3)',
    ],
    [
      'columns must name the 6 columns of the file in their order, were 5: a,b,c,d,e',
      'The order of the columns must name the 6 columns of the file in their order, were 5: a,b,c,d,e',
    ],
    [
      'date_format must be given, dd/mm/yyyy or mm/dd/yyyy',
      'How dates are written must be given, dd/mm/yyyy or mm/dd/yyyy',
    ],
    [
      'line 3: date was x; rows in no order are sorted where sort is given',
      'line 3: date was x; rows in no order are sorted where “Sort rows that are in no order” is ticked',
    ],
    ['line 3: close must be above 0, was -1', 'line 3: close must be above 0, was -1'],
  ])('%s', (message, told) => {
    expect(importWords(message)).toBe(told);
  });

  it('is said without the paths of fields, and once where it is one thing', () => {
    const message = 'columns must be given';
    const fields = [{ field: 'lines[3].date', rule: 'r', value: null, message }];
    const told = importProblem(new ApiProblem('validation_failed', 'Refused', message, 400, fields, 'id'));
    expect(told).toMatchObject({
      code: 'validation_failed',
      detail: 'The order of the columns must be given',
      status: 400,
    });
    expect(told.fields).toEqual([{ ...fields[0], field: '', message: told.detail }]);
    expect(told.correlationId).toBe('id');
  });
});
