/// <reference types="svelte" />
/// <reference types="vite/client" />

/** Whether the build carries the fake backend. */
declare const __FAKE__: boolean;
