import { join } from 'node:path';
import { useResearch } from '../test/use-research';
import { refusesNonNumbers } from '../../../libs/testing/src/documents/refuses-non-numbers';

describe('a number that is none, wherever a body of the research service takes one', () => {
  const research = useResearch({ worker: false });

  refusesNonNumbers({
    document: join(__dirname, '../../../docs/openapi/research.json'),
    ...{ prefix: '/api', leastPlaces: 100, schemas: ['research', 'market'] },
    query: (sql, parameters) => research.sql.query(sql, parameters),
    send: (method, path, body, headers) => research.api.send(method, path, body, headers),
  });
});
