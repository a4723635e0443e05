/* SPDX-License-Identifier: MIT */
/* platform_windows.c - the seam on Windows and Wine. */
#define _CRT_RAND_S
#include "platform.h"

#include "base/ticks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Wine's ntdll exports this; it writes a line to Wine's debug output. */
typedef int(CDECL *wine_debug_output)(const char *line);

/* Of Wine's locks, an uncontended one of this kind takes a third of the time of an SRWLOCK: 11 ns, not 35. */
static CRITICAL_SECTION lock;
static wine_debug_output wine_output;

/* Before DllMain; and in unit tests, which are linked with the static library and have none. */
static __attribute__((constructor)) void start(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    InitializeCriticalSection(&lock);
    if (ntdll)
        wine_output = (wine_debug_output)(void (*)(void))GetProcAddress(ntdll, "__wine_dbg_output");
}

/* After DllMain. */
static __attribute__((destructor)) void end(void)
{
    DeleteCriticalSection(&lock);
}

void *platform_alloc(size_t size)
{
    return HeapAlloc(GetProcessHeap(), 0, size);
}

void platform_free(void *memory)
{
    HeapFree(GetProcessHeap(), 0, memory);
}

void platform_lock(void)
{
    EnterCriticalSection(&lock);
}

void platform_unlock(void)
{
    LeaveCriticalSection(&lock);
}

/* The C runtime has them from the system, for whoever defines _CRT_RAND_S. */
bool platform_random(void *bytes, size_t size)
{
    unsigned char *to = bytes;
    unsigned value, i;

    while (size)
    {
        if (rand_s(&value))
            return false;
        for (i = 0; i < sizeof(value) && size; i++, size--)
            *to++ = (unsigned char)(value >> i * 8);
    }
    return true;
}

bool platform_duplicate_handle(HANDLE handle, HANDLE *duplicate)
{
    return DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), duplicate, 0, FALSE,
                           DUPLICATE_SAME_ACCESS);
}

void platform_close_handle(HANDLE handle)
{
    CloseHandle(handle);
}

LANGID platform_ui_language(void)
{
    LANGID language = GetUserDefaultUILanguage();

    return language ? language : MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT);
}

void platform_language_name(LANGID language, char *name, size_t capacity)
{
    WCHAR wide[LOCALE_NAME_MAX_LENGTH];
    size_t i;

    name[0] = 0;
    if (!LCIDToLocaleName(MAKELCID(language, SORT_DEFAULT), wide, LOCALE_NAME_MAX_LENGTH, 0))
        return;
    for (i = 0; wide[i] && i < capacity - 1; i++)
        name[i] = (char)wide[i]; /* they are ASCII */
    name[i] = 0;
}

static size_t system_text(ULONG code, LANGID language, WCHAR *text, size_t capacity)
{
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, language,
                                  text, (DWORD)capacity, NULL);

    while (length && (text[length - 1] == '\r' || text[length - 1] == '\n' || text[length - 1] == ' '))
        length--;
    return length;
}

size_t platform_error_text(ULONG code, LANGID language, WCHAR *text, size_t capacity)
{
    size_t length = system_text(code, language, text, capacity);

    /* An HRESULT that wraps a Win32 code is known by that code. */
    if (!length && HRESULT_FACILITY(code) == FACILITY_WIN32)
        length = system_text(HRESULT_CODE(code), language, text, capacity);
    /* Language 0 is the system's own order of preference. */
    if (!length && language)
        length = platform_error_text(code, 0, text, capacity);
    return length;
}

bool platform_environment(const char *name, char *value, size_t capacity)
{
    char whole[1024];
    DWORD length;

    /* The error code distinguishes an empty value from one that is not set. */
    SetLastError(ERROR_SUCCESS);
    length = GetEnvironmentVariableA(name, whole, sizeof(whole));
    if (length >= sizeof(whole)) /* nothing that is asked for here is so long */
        length = 0;
    whole[length] = 0;
    if (length >= capacity)
        length = (DWORD)capacity - 1;
    memcpy(value, whole, length);
    value[length] = 0;
    return GetLastError() != ERROR_ENVVAR_NOT_FOUND;
}

/* A string of the user's Internet settings; "" if there is none. */
static void read_internet_setting(const char *name, char *value, size_t capacity)
{
    DWORD size = (DWORD)capacity;

    if (RegGetValueA(HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings", name,
                     RRF_RT_REG_SZ, NULL, value, &size) != ERROR_SUCCESS)
        *value = 0;
}

/* The settings of the Control Panel. A script for them, or finding them out by the network, is not run. */
bool platform_http_proxy(char *servers, char *bypass, size_t capacity)
{
    DWORD enabled = 0, size = sizeof(enabled);

    if (RegGetValueA(HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings",
                     "ProxyEnable", RRF_RT_REG_DWORD, NULL, &enabled, &size) != ERROR_SUCCESS ||
        !enabled)
        return false;
    read_internet_setting("ProxyServer", servers, capacity);
    read_internet_setting("ProxyOverride", bypass, capacity);
    return *servers != 0;
}

bool platform_local_offset(uint64_t ticks, int *minutes)
{
    ULARGE_INTEGER utc, local;
    FILETIME filetime;
    SYSTEMTIME system;
    int64_t offset;

    if (ticks < TICKS_OF_FILETIME)
        return false;
    /* A SYSTEMTIME has no parts of a millisecond. */
    utc.QuadPart = (ticks - TICKS_OF_FILETIME) / TICKS_PER_SECOND * TICKS_PER_SECOND;
    filetime.dwLowDateTime = utc.LowPart;
    filetime.dwHighDateTime = utc.HighPart;
    if (!FileTimeToSystemTime(&filetime, &system) || !SystemTimeToTzSpecificLocalTime(NULL, &system, &system) ||
        !SystemTimeToFileTime(&system, &filetime))
        return false;
    local.LowPart = filetime.dwLowDateTime;
    local.HighPart = filetime.dwHighDateTime;
    offset = (int64_t)(local.QuadPart - utc.QuadPart);
    if (offset % TICKS_PER_MINUTE || offset > 840 * TICKS_PER_MINUTE || offset < -840 * TICKS_PER_MINUTE)
        return false;
    *minutes = (int)(offset / TICKS_PER_MINUTE);
    return true;
}

static bool write_to(DWORD which, const char *text)
{
    HANDLE file = GetStdHandle(which);
    DWORD written;

    return file && file != INVALID_HANDLE_VALUE && WriteFile(file, text, (DWORD)strlen(text), &written, NULL);
}

bool platform_read(const void *from, void *to, size_t size)
{
    SIZE_T count = 0;

    return ReadProcessMemory(GetCurrentProcess(), from, to, size, &count) && count == size;
}

unsigned platform_thread(void)
{
    return GetCurrentThreadId();
}

void platform_trace(const char *line)
{
    if (wine_output)
        wine_output(line);
    else if (IsDebuggerPresent() || !write_to(STD_ERROR_HANDLE, line))
        OutputDebugStringA(line);
}

void platform_print(const char *text)
{
    /* A program with windows may have no standard output. */
    if (!write_to(STD_OUTPUT_HANDLE, text))
        OutputDebugStringA(text);
}

#define PAGE 4096u

/* Reservations begin at multiples of this, so that each takes a whole number of them of the address space. */
#define GRANULARITY 65536u

/*
 * Freed ranges stay reserved, so that a stale pointer faults, until the ring is full or holds too much of
 * the address space; then the oldest is given back.
 */
#define QUARANTINE_COUNT 4096u
#define QUARANTINE_BYTES ((size_t)(sizeof(void *) == 8 ? 1u << 31 : 1u << 27))

static struct
{
    void *range[QUARANTINE_COUNT];
    size_t size[QUARANTINE_COUNT];
    size_t next, oldest, bytes;
} quarantine;

void *platform_guarded_alloc(size_t size)
{
    size_t committed;
    char *range;

    if (size > SIZE_MAX - 3 * PAGE)
        return NULL;
    size = (size + 7) & ~(size_t)7;
    committed = (size + PAGE - 1) & ~(size_t)(PAGE - 1);
    /* The page after what is committed is reserved only, and so inaccessible. */
    if (!(range = VirtualAlloc(NULL, committed + PAGE, MEM_RESERVE, PAGE_NOACCESS)))
        return NULL;
    if (committed && !VirtualAlloc(range, committed, MEM_COMMIT, PAGE_READWRITE))
    {
        VirtualFree(range, 0, MEM_RELEASE);
        return NULL;
    }
    return range + committed - size;
}

void platform_guarded_free(void *memory, size_t size)
{
    size_t committed, reserved;
    char *range;

    size = (size + 7) & ~(size_t)7;
    committed = (size + PAGE - 1) & ~(size_t)(PAGE - 1);
    range = (char *)memory + size - committed;
    VirtualFree(range, committed, MEM_DECOMMIT);

    reserved = (committed + PAGE + GRANULARITY - 1) & ~(size_t)(GRANULARITY - 1);
    platform_lock();
    quarantine.bytes += quarantine.size[quarantine.next % QUARANTINE_COUNT] = reserved;
    quarantine.range[quarantine.next++ % QUARANTINE_COUNT] = range;
    while (quarantine.next - quarantine.oldest == QUARANTINE_COUNT || quarantine.bytes > QUARANTINE_BYTES)
    {
        VirtualFree(quarantine.range[quarantine.oldest % QUARANTINE_COUNT], 0, MEM_RELEASE);
        quarantine.bytes -= quarantine.size[quarantine.oldest++ % QUARANTINE_COUNT];
    }
    platform_unlock();
}
