/* SPDX-License-Identifier: MIT */
/* A program that uses what was generated, as people write it in C. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "thermostat.wsdl.h"

int main(void)
{
    WS_HTTP_BINDING_TEMPLATE none = {0};
    WS_SERVICE_PROXY* proxy = NULL;
    HRESULT hr = ThermostatBinding_CreateServiceProxy(&none, NULL, 0, &proxy, NULL);
    printf("0x%08x, %p\n", (unsigned)hr, (void*)thermostat_wsdl.messages.GetReadingsIn.action);
    return 0;
}
