// The desktop shell behind the screens. The only file that knows Tauri.

import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Backend } from './backend';

/** The backend of the desktop program. */
export function tauriBackend(): Backend {
  return {
    appState: () => invoke('app_state'),
    accounts: () => invoke('accounts'),
    account: (id) => invoke('account', { id }),
    saveAccount: (request) => invoke('save_account', { request }),
    removeAccount: (id, revision) => invoke('remove_account', { id, revision }),
    undoSwitch: (id, revision) => invoke('undo_switch', { id, revision }),
    revoke: (id) => invoke('revoke', { id }),
    authorize: (id, progress) => invoke('authorize', { id, progress: channel(progress) }),
    followConsent: (id, progress) => invoke('follow_consent', { id, progress: channel(progress) }),
    cancelAuthorize: (id) => invoke('cancel_authorize', { id }),
    consentOpen: (id, choice) => invoke('consent_open', { id, browser: choice?.browser ?? null, private: choice?.private ?? false }),
    consentPaste: (id, address) => invoke('consent_paste', { id, address }),
    consentDeviceCode: (id) => invoke('consent_device_code', { id }),
    browsers: () => invoke('browsers'),
    approval: (id) => invoke('approval', { id }),
    check: (ids, progress) => invoke('check', { ids, progress: channel(progress) }),
    cancelCheck: () => invoke('cancel_check'),
    lastCheck: (id) => invoke('last_check', { id }),
    accountKind: (address) => invoke('account_kind', { address }),
    cancelAccountKind: () => invoke('cancel_account_kind'),
    proposeServers: (address, purpose) => invoke('propose_servers', { address, purpose }),
    cancelProposeServers: () => invoke('cancel_propose_servers'),
    prove: (id, progress) => invoke('prove', { id, progress: channel(progress) }),
    guided: () => invoke('guided'),
    makeHandOver: (holds) => invoke('make_hand_over', { holds }),
    readHandOver: (text) => invoke('read_hand_over', { text }),
    saveHandOver: (holds) => invoke('save_hand_over', { holds }),
    saveScript: () => invoke('save_script'),
    previewImport: (table) => invoke('preview_import', { table: [...table] }),
    importAccounts: (table) => invoke('import_accounts', { table: [...table] }),
    exportAccounts: (shiftJis) => invoke('export_accounts', { shiftJis }),
    backUp: (passphrase) => invoke('back_up', { passphrase }),
    inspectBackup: (backup, passphrase) => invoke('inspect_backup', { backup: [...backup], passphrase }),
    restoreBackup: (backup, passphrase) => invoke('restore_backup', { backup: [...backup], passphrase }),
    permissionsOn: (name, password) => invoke('permissions_on', { name, password }),
    permissionsOff: () => invoke('permissions_off'),
    signIn: (name, password) => invoke('sign_in', { name, password }),
    signOut: () => invoke('sign_out'),
    seen: () => invoke('seen'),
    operators: () => invoke('operators'),
    saveOperator: (request) => invoke('save_operator', { request }),
    removeOperator: (id) => invoke('remove_operator', { id }),
    changePassword: (old, next) => invoke('change_password', { old, new: next }),
    audit: () => invoke('audit'),
    exportAudit: () => invoke('export_audit'),
    saveSettings: (settings) => invoke('save_settings', { settings }),
    vaultRetry: () => invoke('vault_retry'),
    vaultUnlock: (passphrase) => invoke('vault_unlock', { passphrase }),
    vaultSetPassphrase: (passphrase) => invoke('vault_set_passphrase', { passphrase }),
    vaultUseSession: () => invoke('vault_use_session'),
    previewMail: (request) => invoke('preview_mail', { request }),
    history: (id) => invoke('history', { id }),
    selfTest: (progress) => invoke('self_test', { progress: channel(progress) }),
    explainCode: (code) => invoke('explain_code', { code }),
    explainError: (text) => invoke('explain_error', { text }),
    copyText: (text) => invoke('copy_text', { text }),
    openHelp: (topic) => invoke('open_help', { topic }),
    openHandbook: (page) => invoke('open_handbook', { page }),
    practice: () => invoke('practice'),
    practiceSetFault: (fault) => invoke('practice_set_fault', { fault }),
    practiceAdvance: (days) => invoke('practice_advance', { days }),
    practiceReset: () => invoke('practice_reset'),
    restart: (practice) => invoke('restart', { practice }),
    logFault: (message) => invoke('log_fault', { message }),
    shellState: () => invoke('shell_state'),
    takeWishes: () => invoke('take_wishes'),
    setAutostart: (on) => invoke('set_autostart', { on }),
    autostartOffered: () => invoke('autostart_offered'),
    closeWindow: () => invoke('close_window'),
    quit: () => invoke('quit'),
    onWished: (listener) => listen('wished', () => listener()),
    onEnding: (listener) => listen('ending', () => listener()),
    onAccountsChanged: (listener) => listen('accounts-changed', () => listener()),
  };
}

function channel<T>(listener: (event: T) => void): Channel<T> {
  const made = new Channel<T>();
  made.onmessage = listener;
  return made;
}
