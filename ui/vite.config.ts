import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `--mode fake` builds the screens on the fake backend, for a browser and for the screen tests.
// The product's build leaves the fake out.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  define: { __FAKE__: JSON.stringify(mode !== 'production') },
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    target: ['es2022', 'safari16', 'chrome110'],
    outDir: mode === 'fake' ? 'dist-fake' : 'dist',
    emptyOutDir: true,
    // The content security policy allows files of our own, and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
}));
