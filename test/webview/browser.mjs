// The installed chromium, driven by playwright-core; installs Debian's where it may.
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/library/machine.mjs';
import { quietChromium } from '../../scripts/library/chromium.mjs';

export async function openBrowser() {
  return chromium.launch({ executablePath: await ensureChromium(), headless: true, args: quietChromium });
}
