import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../../tools/chromium.mjs';

const FLAGS = [
  '--no-sandbox',
  // WebGL without a graphics card: speedscope draws with it.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // Nothing but the workbench may use the network.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Starts a Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium is on PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Opens a page whose functions sent by tests can run in. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx compiles functions within functions to calls of its helper __name, which a page lacks.
  await page.addInitScript('globalThis.__name = (target) => target');
  return page;
}
