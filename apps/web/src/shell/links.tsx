import { Anchor, Button, NavLink } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef, type ComponentPropsWithoutRef } from 'react';

const AnchorBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof Anchor<'a'>>>((props, ref) => (
  <Anchor ref={ref} fz="inherit" {...props} />
));
AnchorBase.displayName = 'AnchorBase';
const ButtonBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof Button<'a'>>>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonBase.displayName = 'ButtonBase';
const NavBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof NavLink<'a'>>>((props, ref) => (
  <NavLink component="a" ref={ref} {...props} />
));
NavBase.displayName = 'NavBase';

/** Links of the router that look like Mantine's: `to` is checked against the routes. */
export const PageLink = createLink(AnchorBase);
export const ButtonLink = createLink(ButtonBase);
export const NavigationLink = createLink(NavBase);
