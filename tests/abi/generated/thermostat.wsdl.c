/* SPDX-License-Identifier: MIT */
/* The other half of thermostat.wsdl.h: see there. Structures are initialized short, as wsutil does it. */
#include <WebServices.h>
#include "thermostat.wsdl.h"

typedef struct _thermostat_wsdlLocalDefinitions
{
    struct {
        struct {
            WS_FIELD_DESCRIPTION sensor;
            WS_FIELD_DESCRIPTION degrees;
            WS_FIELD_DESCRIPTION* fields[2];
        } ReadingTypedescs;
    } globalTypes;
    struct {
        struct {
            WS_FIELD_DESCRIPTION room;
            WS_FIELD_DESCRIPTION most;
            WS_FIELD_DESCRIPTION* fields[2];
            WS_STRUCT_DESCRIPTION structDesc;
        } GetReadingsdescs;
        struct {
            WS_FIELD_DESCRIPTION reading;
            WS_FIELD_DESCRIPTION* fields[1];
            WS_STRUCT_DESCRIPTION structDesc;
        } GetReadingsResponsedescs;
    } globalElements;
    struct {
        WS_PARAMETER_DESCRIPTION params[3];
        WS_OPERATION_DESCRIPTION GetReadings;
        WS_OPERATION_DESCRIPTION* operations[1];
    } contracts;
    struct {
        WS_ENCODING encoding;
        WS_ADDRESSING_VERSION addressing;
        WS_CHANNEL_PROPERTY properties[2];
    } policies;
    struct {
        struct {
            WS_XML_STRING ns;
            WS_XML_STRING getReadings;
            WS_XML_STRING getReadingsResponse;
            WS_XML_STRING action;
            WS_XML_STRING replyAction;
            WS_XML_STRING room;
            WS_XML_STRING most;
            WS_XML_STRING reading;
            WS_XML_STRING readingType;
            WS_XML_STRING sensor;
            WS_XML_STRING degrees;
        } xmlStrings;
        WS_XML_DICTIONARY dict;
    } dictionary;
} _thermostat_wsdlLocalDefinitions;

typedef struct ThermostatBinding_GetReadingsParamStruct
{
    WCHAR** room;
    unsigned int* most;
    unsigned int** readingCount;
    ReadingType**** reading;
    WCHAR*** unit;
} ThermostatBinding_GetReadingsParamStruct;

HRESULT CALLBACK ThermostatBinding_GetReadingsOperationStub(
    __in const WS_OPERATION_CONTEXT* _context,
    __in void* _stackStruct,
    __in const void* _callback,
    __in_opt const WS_ASYNC_CONTEXT* _asyncContext,
    __in_opt WS_ERROR* _error)
{
    ThermostatBinding_GetReadingsCallback _operation = (ThermostatBinding_GetReadingsCallback)_callback;
    ThermostatBinding_GetReadingsParamStruct* _stack = (ThermostatBinding_GetReadingsParamStruct*)_stackStruct;
    return _operation(_context, *(_stack->room), *(_stack->most), *(_stack->readingCount), *(_stack->reading),
                      *(_stack->unit), _asyncContext, _error);
}

#define NAME(name) (WS_XML_STRING*)&thermostat_wsdlLocalDefinitions.dictionary.xmlStrings.name
#define STRING(text, id) WS_XML_STRING_DICTIONARY_VALUE(text, &thermostat_wsdlLocalDefinitions.dictionary.dict, id)

const static _thermostat_wsdlLocalDefinitions thermostat_wsdlLocalDefinitions =
{
    { /* globalTypes */
        {
            {
                WS_ELEMENT_FIELD_MAPPING,
                NAME(sensor),
                NAME(ns),
                WS_WSZ_TYPE,
                0,
                WsOffsetOf(ReadingType, sensor),
                WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE,
                0,
                0xffffffff
            },
            {
                WS_ELEMENT_FIELD_MAPPING,
                NAME(degrees),
                NAME(ns),
                WS_DOUBLE_TYPE,
                0,
                WsOffsetOf(ReadingType, degrees),
                0,
                0,
                0xffffffff
            },
            {
                (WS_FIELD_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.globalTypes.ReadingTypedescs.sensor,
                (WS_FIELD_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.globalTypes.ReadingTypedescs.degrees,
            },
        },
    },
    { /* globalElements */
        {
            {
                WS_ELEMENT_FIELD_MAPPING,
                NAME(room),
                NAME(ns),
                WS_WSZ_TYPE,
                0,
                WsOffsetOf(GetReadings, room),
                WS_FIELD_OPTIONAL,
                0,
                0xffffffff
            },
            {
                WS_ELEMENT_FIELD_MAPPING,
                NAME(most),
                NAME(ns),
                WS_UINT32_TYPE,
                0,
                WsOffsetOf(GetReadings, most),
                0,
                0,
                0xffffffff
            },
            {
                (WS_FIELD_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsdescs.room,
                (WS_FIELD_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsdescs.most,
            },
            {
                sizeof(GetReadings),
                __alignof(GetReadings),
                (WS_FIELD_DESCRIPTION**)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsdescs.fields,
                WsCountOf(thermostat_wsdlLocalDefinitions.globalElements.GetReadingsdescs.fields),
                NAME(getReadings),
                NAME(ns),
            },
        },
        {
            {
                WS_REPEATING_ELEMENT_FIELD_MAPPING,
                0,
                0,
                WS_STRUCT_TYPE,
                (void*)&thermostat_wsdl.globalTypes.ReadingType,
                WsOffsetOf(GetReadingsResponse, reading),
                WS_FIELD_POINTER,
                0,
                WsOffsetOf(GetReadingsResponse, readingCount),
                NAME(reading),
                NAME(ns),
                0,
            },
            {
                (WS_FIELD_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsResponsedescs.reading,
            },
            {
                sizeof(GetReadingsResponse),
                __alignof(GetReadingsResponse),
                (WS_FIELD_DESCRIPTION**)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsResponsedescs.fields,
                WsCountOf(thermostat_wsdlLocalDefinitions.globalElements.GetReadingsResponsedescs.fields),
                NAME(getReadingsResponse),
                NAME(ns),
            },
        },
    },
    { /* contracts */
        {
            { WS_PARAMETER_TYPE_NORMAL, (USHORT)0, (USHORT)-1 },
            { WS_PARAMETER_TYPE_NORMAL, (USHORT)1, (USHORT)-1 },
            { WS_PARAMETER_TYPE_ARRAY, (USHORT)-1, (USHORT)0 },
        },
        {
            1,
            (WS_MESSAGE_DESCRIPTION*)&thermostat_wsdl.messages.GetReadingsIn,
            (WS_MESSAGE_DESCRIPTION*)&thermostat_wsdl.messages.GetReadingsOut,
            0,
            0,
            3,
            (WS_PARAMETER_DESCRIPTION*)thermostat_wsdlLocalDefinitions.contracts.params,
            ThermostatBinding_GetReadingsOperationStub,
            WS_NON_RPC_LITERAL_OPERATION
        },
        {
            (WS_OPERATION_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.contracts.GetReadings,
        },
    },
    { /* policies */
        WS_ENCODING_XML_UTF8,
        WS_ADDRESSING_VERSION_TRANSPORT,
        {
            {
                WS_CHANNEL_PROPERTY_ENCODING,
                (void*)&thermostat_wsdlLocalDefinitions.policies.encoding,
                sizeof(thermostat_wsdlLocalDefinitions.policies.encoding)
            },
            {
                WS_CHANNEL_PROPERTY_ADDRESSING_VERSION,
                (void*)&thermostat_wsdlLocalDefinitions.policies.addressing,
                sizeof(thermostat_wsdlLocalDefinitions.policies.addressing)
            },
        },
    },
    { /* dictionary */
        {
            STRING("http://example.org/thermostat", 0),
            STRING("GetReadings", 1),
            STRING("GetReadingsResponse", 2),
            STRING("http://example.org/thermostat/GetReadings", 3),
            STRING("http://example.org/thermostat/GetReadingsResponse", 4),
            STRING("room", 5),
            STRING("most", 6),
            STRING("reading", 7),
            STRING("ReadingType", 8),
            STRING("sensor", 9),
            STRING("degrees", 10),
        },
        {
            { 0x5d1b6c02, 0x33f0, 0x4c8e, { 0x9c, 0x14, 0x7e, 0x21, 0x60, 0xb8, 0x0d, 0x4f } },
            (WS_XML_STRING*)&thermostat_wsdlLocalDefinitions.dictionary.xmlStrings,
            11,
            TRUE,
        },
    },
};

HRESULT WINAPI ThermostatBinding_GetReadings(
    __in WS_SERVICE_PROXY* _serviceProxy,
    __in_opt __nullterminated WCHAR* room,
    __in unsigned int most,
    __out unsigned int* readingCount,
    __deref_out_ecount_opt(*readingCount) ReadingType*** reading,
    __out_opt __deref __nullterminated WCHAR** unit,
    __in WS_HEAP* _heap,
    __in_ecount_opt(_callPropertyCount) const WS_CALL_PROPERTY* _callProperties,
    __in const ULONG _callPropertyCount,
    __in_opt const WS_ASYNC_CONTEXT* _asyncContext,
    __in_opt WS_ERROR* _error)
{
    void* _argList[5];
    _argList[0] = &room;
    _argList[1] = &most;
    _argList[2] = &readingCount;
    _argList[3] = &reading;
    _argList[4] = &unit;
    return WsCall(_serviceProxy, (WS_OPERATION_DESCRIPTION*)&thermostat_wsdlLocalDefinitions.contracts.GetReadings,
                  (const void **)&_argList, _heap, _callProperties, _callPropertyCount, _asyncContext, _error);
}

HRESULT ThermostatBinding_CreateServiceProxy(
    __in_opt WS_HTTP_BINDING_TEMPLATE* templateValue,
    __in_ecount_opt(proxyPropertyCount) const WS_PROXY_PROPERTY* proxyProperties,
    __in const ULONG proxyPropertyCount,
    __deref_out_opt WS_SERVICE_PROXY** _serviceProxy,
    __in_opt WS_ERROR* error)
{
    return WsCreateServiceProxyFromTemplate(WS_CHANNEL_TYPE_REQUEST, proxyProperties, proxyPropertyCount,
                                            WS_HTTP_BINDING_TEMPLATE_TYPE, templateValue,
                                            templateValue == NULL ? 0 : sizeof(WS_HTTP_BINDING_TEMPLATE),
                                            &thermostat_wsdl.policies.ThermostatBinding,
                                            sizeof(thermostat_wsdl.policies.ThermostatBinding), _serviceProxy, error);
}

HRESULT ThermostatBinding_CreateServiceEndpoint(
    __in_opt WS_HTTP_BINDING_TEMPLATE* templateValue,
    __in_opt CONST WS_STRING* address,
    __in_opt struct ThermostatBindingFunctionTable* functionTable,
    __in_opt WS_SERVICE_SECURITY_CALLBACK authorizationCallback,
    __in_ecount_opt(endpointPropertyCount) WS_SERVICE_ENDPOINT_PROPERTY* endpointProperties,
    __in const ULONG endpointPropertyCount,
    __in WS_HEAP* heap,
    __deref_out_opt WS_SERVICE_ENDPOINT** serviceEndpoint,
    __in_opt WS_ERROR* error)
{
    WS_SERVICE_CONTRACT serviceContract;
    serviceContract.contractDescription = &thermostat_wsdl.contracts.ThermostatBinding;
    serviceContract.defaultMessageHandlerCallback = 0;
    serviceContract.methodTable = (const void*)functionTable;
    return WsCreateServiceEndpointFromTemplate(WS_CHANNEL_TYPE_REPLY, endpointProperties, endpointPropertyCount, address,
                                               &serviceContract, authorizationCallback, heap,
                                               WS_HTTP_BINDING_TEMPLATE_TYPE, templateValue,
                                               templateValue == NULL ? 0 : sizeof(WS_HTTP_BINDING_TEMPLATE),
                                               &thermostat_wsdl.policies.ThermostatBinding,
                                               sizeof(thermostat_wsdl.policies.ThermostatBinding), serviceEndpoint,
                                               error);
}

const _thermostat_wsdl thermostat_wsdl =
{
    { /* globalTypes */
        {
            sizeof(ReadingType),
            __alignof(ReadingType),
            (WS_FIELD_DESCRIPTION**)&thermostat_wsdlLocalDefinitions.globalTypes.ReadingTypedescs.fields,
            WsCountOf(thermostat_wsdlLocalDefinitions.globalTypes.ReadingTypedescs.fields),
            NAME(readingType),
            NAME(ns),
        },
    },
    { /* globalElements */
        {
            NAME(getReadings),
            NAME(ns),
            WS_STRUCT_TYPE,
            (void*)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsdescs.structDesc,
        },
        {
            NAME(getReadingsResponse),
            NAME(ns),
            WS_STRUCT_TYPE,
            (void*)&thermostat_wsdlLocalDefinitions.globalElements.GetReadingsResponsedescs.structDesc,
        },
    },
    { /* messages */
        { NAME(action), (WS_ELEMENT_DESCRIPTION*)&thermostat_wsdl.globalElements.GetReadings },
        { NAME(replyAction), (WS_ELEMENT_DESCRIPTION*)&thermostat_wsdl.globalElements.GetReadingsResponse },
    },
    { /* contracts */
        { 1, (WS_OPERATION_DESCRIPTION**)thermostat_wsdlLocalDefinitions.contracts.operations },
    },
    { /* policies */
        { { (WS_CHANNEL_PROPERTY*)thermostat_wsdlLocalDefinitions.policies.properties, 2 } },
    },
};
