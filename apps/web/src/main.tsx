import { MantineProvider, type MantineColorScheme, localStorageColorSchemeManager } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { createQueryClient } from './api/query-client';
import { createAppRouter } from './router';
import { setExpired } from './session/expiry';
import { cssVariablesResolver, theme } from './shell/theme';

/** Styles that are made in the browser carry the nonce of the page, or the content security policy refuses them. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

const colorSchemeManager = localStorageColorSchemeManager();
const defaultScheme: MantineColorScheme = 'auto';
const queryClient = createQueryClient(() => setExpired(true));
const router = createAppRouter(queryClient);
// the code of the first page comes while the session is asked for, not after its answer; a failure is told where the page is drawn
for (const route of router.getMatchedRoutes(window.location.pathname)[0]) {
  router.loadRouteChunk(route)?.catch(() => undefined);
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme={defaultScheme}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
