import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const { chromium: executablePath } = require('../../tools/chromium.cjs');

/** A page that was opened, with everything that went wrong in it and every address that it asked for. */
export interface Opened {
  readonly page: Page;
  readonly troubles: readonly string[];
  readonly asked: readonly string[];
}

/** The browser of a test file. */
export class TestBrowser {
  private browser: Browser | undefined;
  private folder = '';

  public async start(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-browser-'));
    // in a container a test runs as root, for whom the sandbox does not work; it opens our own files only
    this.browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }

  public async stop(): Promise<void> {
    await this.browser?.close();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens HTML as the file that a user has. */
  public async open(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const file = join(this.folder, 'preview.html');
    writeFileSync(file, html);
    const context = await (this.browser as Browser).newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    const troubles: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, troubles, asked };
  }
}
