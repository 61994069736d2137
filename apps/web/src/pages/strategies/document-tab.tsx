import { Button, Code, CopyButton, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryView } from '../../states/query-view';
import { strategyDocumentQuery, type Strategy } from './queries';

/** The Strategy JSON as trade gets it. */
export function DocumentTab({ strategy }: { strategy: Strategy }) {
  const several = strategy.kind !== 'universe' && strategy.universe.length > 1;
  const [symbol, setSymbol] = useState(strategy.universe[0]!);
  const query = useQuery(strategyDocumentQuery(strategy, several ? symbol : undefined));
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        This document is all that is needed to run the strategy elsewhere: import it here again, or send it to the trade
        API.
      </Text>
      {several && (
        <Select label="For" data={strategy.universe} value={symbol} onChange={(one) => one && setSymbol(one)} w={200} />
      )}
      <QueryView query={query} lines={10}>
        {(document) => {
          const text = JSON.stringify(document, null, 2);
          return (
            <>
              <Group>
                <CopyButton value={text}>
                  {({ copied, copy }) => (
                    <Button variant="default" size="xs" onClick={copy}>
                      {copied ? 'Copied' : 'Copy'}
                    </Button>
                  )}
                </CopyButton>
              </Group>
              <Code block tabIndex={0} aria-label="Strategy JSON">
                {text}
              </Code>
            </>
          );
        }}
      </QueryView>
    </Stack>
  );
}
